package dev.belay.client;

import dev.belay.testkit.Answer;
import dev.belay.testkit.Received;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Answers each call as its kind needs it, and counts the good ones. */
final class SoakServer implements Closeable {
  private static final Duration SLOW = Duration.ofMillis(3);

  private final LongAdder good = new LongAdder();
  private final TestServer server = TestServer.start(this::answer);
  private final Wire wire;
  private final @Nullable Front front;

  SoakServer(Wire wire) throws IOException {
    this.wire = wire;
    front = wire == Wire.CLEAR ? null : new Front(wire, HttpUrl.get(server.url("/")));
  }

  private Answer answer(Received request) {
    return switch (SoakKind.valueOf(request.path().substring(1))) {
      case GOOD -> {
        good.increment();
        yield Answer.of(200, request.query());
      }
      case LEAKED -> Answer.of(200, "never read");
      case CANCELLED, TIMED_OUT -> Answer.stall();
      case INTERRUPTED -> Answer.of(200, request.query()).after(SLOW);
    };
  }

  /** Each call has a number, which is the answer to it. */
  Request request(SoakKind kind, long number) {
    return Requests.get(wire.scheme() + "://localhost:" + port() + "/" + kind + "?" + number);
  }

  int port() {
    return front == null ? server.port() : front.port();
  }

  /** How many requests of good calls have come. */
  long good() {
    return good.sum();
  }

  /** How many requests have come, of all kinds. */
  long requests() {
    return server.requests();
  }

  @Override
  public void close() throws IOException {
    if (front != null) {
      front.close();
    }
    server.close();
  }
}
