package dev.belay.client;

import static dev.belay.client.SoakKind.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Threads that make calls of all kinds, synchronous and asynchronous, and count how each ended. */
final class SoakCallers implements Closeable {
  private static final int THREADS = 8;

  /** How many asynchronous calls a thread leaves running while it makes others. */
  private static final int AHEAD = 4;

  private static final CallOptions LEAKED = CallOptions.deadline(Duration.ofMillis(200));
  private static final CallOptions TIMED_OUT = CallOptions.deadline(Duration.ofMillis(15));
  private static final int MOST_MICROS = 4_000;
  private static final String UNEXPECTED = "unexpected ";

  private final BelayClient client;
  private final SoakServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong calls = new AtomicLong();
  private final Map<String, LongAdder> endings = new ConcurrentSkipListMap<>();

  SoakCallers(BelayClient client, SoakServer server) {
    this.client = client;
    this.server = server;
  }

  /** Makes that many more calls; returns the time that it took. */
  long run(long more) throws InterruptedException, ExecutionException {
    long started = System.nanoTime();
    long upTo = calls.get() + more;
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(threads.submit(() -> callUpTo(upTo)));
    }
    for (Future<?> each : running) {
      Object unused = each.get();
    }
    return System.nanoTime() - started;
  }

  private void callUpTo(long upTo) {
    Deque<Future<?>> ahead = new ArrayDeque<>();
    for (long n = next(upTo); n < upTo; n = next(upTo)) {
      begin(SoakKind.of(n), n).ifPresent(ahead::add);
      while (ahead.size() > AHEAD) {
        finish(ahead.remove());
      }
    }
    ahead.forEach(SoakCallers::finish);
  }

  private long next(long upTo) {
    return calls.getAndUpdate(n -> Math.min(upTo, n + 1));
  }

  private static void finish(Future<?> ending) {
    try {
      Object unused = ending.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("endings do not fail", e);
    }
  }

  /** Makes a call up to its end, or hands out the ending of one that goes on meanwhile. */
  private Optional<Future<?>> begin(SoakKind kind, long n) {
    return switch (kind) {
      case LEAKED, INTERRUPTED -> toItsEnd(kind, n);
      case GOOD -> n % 4 == 0 ? asynchronous(kind, n) : toItsEnd(kind, n);
      case CANCELLED, TIMED_OUT ->
          n / SoakKind.PERIOD % 2 == 0 ? asynchronous(kind, n) : toItsEnd(kind, n);
    };
  }

  private Optional<Future<?>> asynchronous(SoakKind kind, long n) {
    CallOptions options = kind == SoakKind.TIMED_OUT ? TIMED_OUT : CallOptions.defaults();
    CompletableFuture<String> future =
        client.sendAsync(server.request(kind, n), Answers.text(), options);
    if (kind == SoakKind.CANCELLED) {
      soon(() -> future.cancel(true));
    }
    return Optional.of(
        future.handle(
            (text, failure) -> {
              ended(kind, n, text, failure);
              return null;
            }));
  }

  private Optional<Future<?>> toItsEnd(SoakKind kind, long n) {
    try {
      ended(kind, n, answer(kind, server.request(kind, n)), null);
    } catch (IOException | RuntimeException e) {
      ended(kind, n, null, e);
    }
    return Optional.empty();
  }

  private String answer(SoakKind kind, Request request) throws IOException {
    return switch (kind) {
      case GOOD -> client.send(request, Answers.text());
      case LEAKED -> leak(request);
      case CANCELLED -> cancelled(client.newCall(request));
      case TIMED_OUT -> client.send(request, Answers.text(), TIMED_OUT);
      case INTERRUPTED -> interrupted(request);
    };
  }

  @SuppressWarnings("MustBeClosedChecker") // that is the point
  private String leak(Request request) throws IOException {
    return "status " + client.open(request, LEAKED).code();
  }

  private String cancelled(Call call) throws IOException {
    soon(call::cancel);
    try (Response response = call.execute()) {
      return response.body().string();
    }
  }

  /** An interrupt that comes too late is nobody else's. */
  private String interrupted(Request request) throws IOException {
    Future<?> interrupt = soon(Thread.currentThread()::interrupt);
    try {
      return client.send(request, Answers.text());
    } finally {
      while (!interrupt.isDone()) {
        Thread.onSpinWait();
      }
      boolean unused = Thread.interrupted();
    }
  }

  @CanIgnoreReturnValue
  private Future<?> soon(Runnable action) {
    int micros = ThreadLocalRandom.current().nextInt(MOST_MICROS);
    return timer.schedule(action, micros, TimeUnit.MICROSECONDS);
  }

  private void ended(SoakKind kind, long n, @Nullable String text, @Nullable Throwable failure) {
    endings.computeIfAbsent(kind + " " + how(n, text, failure), k -> new LongAdder()).increment();
  }

  private static String how(long n, @Nullable String text, @Nullable Throwable failure) {
    if (failure instanceof CallFailedException typed) {
      return typed.getClass().getSimpleName().replace("Exception", " ") + typed.outcome();
    }
    if (failure != null) {
      return failure instanceof CancellationException ? "cancelled" : UNEXPECTED + failure;
    }
    return text.equals("" + n)
        ? "answered"
        : text.equals("status 200") ? "leaked" : UNEXPECTED + text;
  }

  long calls() {
    return calls.get();
  }

  private long count(String what) {
    return endings.entrySet().stream()
        .filter(e -> e.getKey().contains(what))
        .mapToLong(e -> e.getValue().sum())
        .sum();
  }

  /** Compares the endings with the calls, and with what the server counted. */
  void check(String measured) {
    assertThat(count("")).as(measured).isEqualTo(calls.get());
    assertThat(count(UNEXPECTED)).as(measured).isZero();
    long good = LongStream.range(0, calls.get()).filter(n -> SoakKind.of(n) == GOOD).count();
    assertThat(count(GOOD + " answered")).as(measured).isEqualTo(good);
    assertThat(server.good()).as(measured).isEqualTo(good);
    assertThat(server.requests())
        .as(measured)
        .isBetween(count("answered") + count(" leaked"), calls.get() - count("NOT_SENT"));
  }

  @Override
  public void close() {
    threads.shutdown();
    timer.shutdown();
  }

  @Override
  public String toString() {
    return new TreeMap<>(endings).toString();
  }
}
