package dev.belay.benchmarks.probe;

import com.google.errorprone.annotations.MustBeClosed;
import dev.belay.client.Answers;
import dev.belay.client.CallOptions;
import dev.belay.client.ResponseHandler;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes single calls, in the mode that was asked for. Safe for use by several threads. */
final class Caller {
  private final Setup setup;
  private final Mode mode;
  private final AtomicInteger leaksLeft;

  /** Leaked responses stay referenced, or a garbage collection would decide what is reported. */
  private final Queue<Response> leaked = new ConcurrentLinkedQueue<>();

  Caller(Setup setup, Mode mode, int leaks) {
    this.setup = setup;
    this.mode = mode;
    leaksLeft = new AtomicInteger(leaks);
  }

  CallLine call() throws InterruptedException {
    CallReport report = new CallReport();
    try {
      make(report);
      return report.answered();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return report.failed(cause == null ? e : cause);
    } catch (IOException | RuntimeException e) {
      return report.failed(e);
    }
  }

  private void make(CallReport report)
      throws IOException, ExecutionException, InterruptedException {
    Request request =
        setup
            .request()
            .newBuilder()
            .tag(CallReport.class, report)
            .tag(CallOptions.class, setup.call())
            .build();
    switch (mode) {
      case SEND -> setup.client().send(request, reader(report), setup.call());
      case ASYNC -> setup.client().sendAsync(request, reader(report), setup.call()).get();
      case OPEN, CALL -> useOrLeak(request, report);
    }
  }

  private static ResponseHandler<@Nullable Void> reader(CallReport report) {
    return Answers.ok(
        response -> {
          report.note(response);
          report.read(response);
          return null;
        });
  }

  private void useOrLeak(Request request, CallReport report) throws IOException {
    if (leaksLeft.getAndDecrement() > 0) {
      leak(request, report);
      return;
    }
    try (Response response = open(request)) {
      report.note(response);
      report.read(response);
    }
  }

  /** What it is told to do, and what the compiler keeps users from. */
  @SuppressWarnings("MustBeClosedChecker")
  private void leak(Request request, CallReport report) throws IOException {
    Response response = open(request);
    report.note(response);
    leaked.add(response);
  }

  @MustBeClosed
  private Response open(Request request) throws IOException {
    return mode == Mode.OPEN
        ? setup.client().open(request, setup.call())
        : setup.client().newCall(request).execute();
  }
}
