package dev.belay.benchmarks.probe;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * What is noted of one call while it runs. It travels with its request, as a tag.
 *
 * <p>Attempts and answer of a call are noted by one thread after another; the end of the call,
 * which its caller awaits, makes them visible to him.
 */
final class CallReport {
  private static final long PIECE = 8 * 1024;

  private final long start = System.nanoTime();
  private int attempts;
  private int status;
  private long bytes;

  /** An interceptor: the client tells of the attempts of a failed call, but not of a good one. */
  static Response countAttempt(Interceptor.Chain chain) throws IOException {
    CallReport report = chain.request().tag(CallReport.class);
    if (report != null) {
      report.attempts++;
    }
    return chain.proceed(chain.request());
  }

  /** Notes the status; the body stays as it is. */
  void note(Response response) {
    status = response.code();
  }

  /** Reads the body to its end and keeps none of it. */
  void read(Response response) throws IOException {
    BufferedSource source = response.body().source();
    Buffer piece = new Buffer();
    for (long read = source.read(piece, PIECE); read >= 0; read = source.read(piece, PIECE)) {
      bytes += read;
      piece.clear();
    }
  }

  CallLine answered() {
    return CallLine.answered(status, attempts, elapsedMs(), bytes);
  }

  CallLine failed(Throwable failure) {
    return CallLine.failed(failure, attempts, elapsedMs(), bytes);
  }

  private double elapsedMs() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1000.0;
  }
}
