package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Threads that make calls in all ways, some of which are cancelled or interrupted at any moment,
 * and count how each ended.
 */
final class MixedCalls implements Closeable {
  private static final int THREADS = 24;
  private static final List<CallWay> WAYS = List.of(CallWay.values());
  private static final int MOST_MICROS = 3_000;
  private static final String UNEXPECTED = "unexpected ";
  private static final CallOptions SOON = CallOptions.deadline(Duration.ofMillis(40));

  private final List<BelayClient> clients;
  private final MixedServer server;
  private final long seed;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger begun = new AtomicInteger();
  private final Map<String, LongAdder> endings = new ConcurrentSkipListMap<>();

  MixedCalls(List<BelayClient> clients, MixedServer server, long seed) {
    this.clients = clients;
    this.server = server;
    this.seed = seed;
  }

  /** One call in seven of those that have a thread is interrupted, and one in seven cancelled. */
  private enum Fate {
    CANCELLED,
    INTERRUPTED,
    LEFT_ALONE;

    static Fate of(SplittableRandom random) {
      return switch (random.nextInt(7)) {
        case 0 -> CANCELLED;
        case 1 -> INTERRUPTED;
        default -> LEFT_ALONE;
      };
    }
  }

  private record Plan(BelayClient client, Request request, Fate fate, int micros) {}

  void run(int calls) throws InterruptedException, ExecutionException {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(threads.submit(() -> callUpTo(calls)));
    }
    for (Future<?> each : running) {
      Object unused = each.get();
    }
  }

  private void callUpTo(int calls) {
    for (int n = begun.getAndIncrement(); n < calls; n = begun.getAndIncrement()) {
      endings.computeIfAbsent(ending(n), how -> new LongAdder()).increment();
    }
  }

  private String ending(int n) {
    SplittableRandom random = new SplittableRandom(seed + n);
    BelayClient client = clients.get(random.nextInt(clients.size()));
    Request request = random.nextBoolean() ? server.get() : server.post();
    Plan plan = new Plan(client, request, Fate.of(random), random.nextInt(MOST_MICROS));
    try {
      make(WAYS.get(random.nextInt(WAYS.size())), plan);
      return "answered";
    } catch (ExecutionException e) {
      return named(e.getCause());
    } catch (IOException | InterruptedException | RuntimeException e) {
      return named(e);
    }
  }

  private static String named(Throwable failure) {
    if (failure instanceof CallFailedException typed) {
      return typed.getClass().getSimpleName().replace("Exception", " ") + typed.outcome();
    }
    return failure instanceof CancellationException ? "cancelled" : UNEXPECTED + failure;
  }

  private void make(CallWay way, Plan plan)
      throws IOException, ExecutionException, InterruptedException {
    switch (way) {
      case SEND -> interruptible(plan, () -> plan.client.send(plan.request, r -> r.code(), SOON));
      case OPEN -> interruptible(plan, () -> openHalf(plan));
      case HOLD -> interruptible(plan, () -> callHalf(plan));
      case ASYNC -> {
        var future = plan.client.sendAsync(plan.request, Answers.text(), SOON);
        cancelSoon(plan, () -> future.cancel(true));
        String unused = future.get();
      }
      case ENQUEUE -> {
        CompletableFuture<String> text = new CompletableFuture<>();
        cancellable(call(plan), plan).enqueue(new CallWay.Reading(text));
        String unused = text.get();
      }
    }
  }

  private interface Blocking {
    Object run() throws IOException;
  }

  /** An interrupt that comes too late is nobody else's. */
  private void interruptible(Plan plan, Blocking call) throws IOException {
    Future<?> interrupt =
        plan.fate == Fate.INTERRUPTED
            ? soon(plan, Thread.currentThread()::interrupt)
            : CompletableFuture.completedFuture(null);
    try {
      Object unused = call.run();
    } finally {
      while (!interrupt.isDone()) {
        Thread.onSpinWait();
      }
      boolean unused = Thread.interrupted();
    }
  }

  private static Object openHalf(Plan plan) throws IOException {
    try (Response response = plan.client.open(plan.request, SOON)) {
      return response.body().source().request(1);
    }
  }

  private Object callHalf(Plan plan) throws IOException {
    try (Response response = cancellable(call(plan), plan).execute()) {
      return response.body().source().request(1);
    }
  }

  private static Call call(Plan plan) {
    Request tagged = plan.request.newBuilder().tag(CallOptions.class, SOON).build();
    return plan.client.newCall(tagged);
  }

  private Call cancellable(Call call, Plan plan) {
    cancelSoon(plan, call::cancel);
    return call;
  }

  private void cancelSoon(Plan plan, Runnable cancel) {
    if (plan.fate == Fate.CANCELLED) {
      soon(plan, cancel);
    }
  }

  @CanIgnoreReturnValue
  private Future<?> soon(Plan plan, Runnable action) {
    return timer.schedule(action, plan.micros, TimeUnit.MICROSECONDS);
  }

  /** How many calls ended in this way, whatever came of their requests. */
  long count(String what) {
    return endings.entrySet().stream()
        .filter(ending -> ending.getKey().contains(what))
        .mapToLong(ending -> ending.getValue().sum())
        .sum();
  }

  long unexpected() {
    return count(UNEXPECTED);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    timer.shutdownNow();
  }

  @Override
  public String toString() {
    return endings.toString();
  }
}
