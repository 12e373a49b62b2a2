package dev.belay.client;

import com.google.errorprone.annotations.MustBeClosed;
import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.Request;
import okhttp3.Response;

/** Users of one client of whom some drop their responses and the others want their answers. */
final class ForgetfulUsers implements Closeable {
  static final int CALLERS = 8;
  private static final int CALLS_EACH = 20;

  /** Taken for the answer to a next call, this is one; and it is wrong. */
  private static final String SMUGGLED =
      "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled".repeat(200);

  private final TestServer server =
      TestServer.start(r -> Answer.of(200, r.path().equals("/forgotten") ? SMUGGLED : r.path()));
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<String, LongAdder> endings = new ConcurrentSkipListMap<>();

  private final int forgotten;

  /**
   * @param forgotten how many responses of a round
   */
  ForgetfulUsers(int forgotten) {
    this.forgotten = forgotten;
  }

  /** Sends a request and hands out the answer. */
  @FunctionalInterface
  interface Opener {
    @MustBeClosed
    Response open(Request request) throws IOException;
  }

  /** Some forget, then others call; garbage is collected before and meanwhile. */
  void round(Opener forgetful, Opener careful) throws InterruptedException, ExecutionException {
    for (int i = 0; i < forgotten; i++) {
      forget(forgetful);
    }
    System.gc();
    List<Future<?>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(threads.submit(() -> call(careful)));
    }
    System.gc();
    for (Future<?> caller : callers) {
      Object unused = caller.get();
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // that is the point
  private void forget(Opener opener) {
    try {
      int status = opener.open(Requests.get(server.url("/forgotten"))).code();
      ended("forgotten " + status);
    } catch (IOException e) {
      ended("not even forgotten: " + e.getClass().getSimpleName()); // too slow for its deadline
    }
  }

  private void call(Opener opener) {
    for (int i = 0; i < CALLS_EACH; i++) {
      String path = "/" + calls.incrementAndGet();
      try (Response answer = opener.open(Requests.get(server.url(path)))) {
        ended(answer.body().string().equals(path) ? "right" : "wrong");
      } catch (IOException | RuntimeException e) {
        ended(e.getClass().getSimpleName());
      }
    }
  }

  private void ended(String how) {
    endings.computeIfAbsent(how, key -> new LongAdder()).increment();
  }

  int calls() {
    return calls.get();
  }

  /** How many calls got no answer, or another than their own. */
  long harmed() {
    return calls.get() - endings.getOrDefault("right", new LongAdder()).sum();
  }

  long forgotten() {
    return endings.getOrDefault("forgotten 200", new LongAdder()).sum();
  }

  @Override
  public void close() {
    threads.shutdown();
    server.close();
  }

  @Override
  public String toString() {
    return new TreeMap<>(endings).toString();
  }
}
