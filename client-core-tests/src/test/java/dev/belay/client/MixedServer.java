package dev.belay.client;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Request;

/** Answers one request in ten with a fault, and one in twenty late. */
final class MixedServer implements Closeable {
  private final long seed;
  private final AtomicLong requests = new AtomicLong();
  private final TestServer server = TestServer.start(r -> answer());

  MixedServer(long seed) {
    this.seed = seed;
  }

  private Answer answer() {
    int dice = new SplittableRandom(seed + requests.getAndIncrement()).nextInt(100);
    if (dice < 3) {
      return Answer.hangUp();
    }
    if (dice < 5) {
      return Answer.reset();
    }
    if (dice < 6) {
      return Answer.truncated(200, "half", 4);
    }
    if (dice < 9) {
      return Answer.of(503, "busy");
    }
    if (dice < 10) {
      return Answer.stall();
    }
    Answer ok = Answer.of(200, "ok");
    return dice < 15 ? ok.bodyDelay(Duration.ofMillis(dice - 10)) : ok;
  }

  Request get() {
    return Requests.get(server);
  }

  Request post() {
    return Requests.post(server);
  }

  int port() {
    return server.port();
  }

  int requests() {
    return server.requests();
  }

  void awaitNoneOpen(Duration limit) throws InterruptedException {
    server.awaitOpenConnections(0, limit);
  }

  @Override
  public void close() {
    server.close();
  }
}
