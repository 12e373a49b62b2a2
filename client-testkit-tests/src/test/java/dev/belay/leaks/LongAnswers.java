package dev.belay.leaks;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.time.Duration;

/**
 * A server that a user already has, in front of which tests put a relay. {@code /long} is more than
 * the kernel takes for a client that does not read, {@code /late} does not come in the time of a
 * test.
 */
final class LongAnswers {
  /** For what comes at once. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final byte[] LONG = new byte[4 << 20];

  private static final TestServer SERVER =
      TestServer.start(
          request ->
              switch (request.path()) {
                case "/long" -> Answer.of(200, LONG);
                case "/late" -> Answer.of(200, "late").after(Duration.ofMinutes(1));
                default -> Answer.of(200, "ok");
              });

  private LongAnswers() {}

  static int port() {
    return SERVER.port();
  }
}
