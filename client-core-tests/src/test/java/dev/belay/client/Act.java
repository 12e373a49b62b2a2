package dev.belay.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.belay.testkit.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import okhttp3.internal.http2.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a server does about a request, in the terms of either protocol.
 *
 * @param overHttp1 null where only HTTP/2 has words for it
 * @param beforeBody whether the body is not to be sent any more
 */
record Act(@Nullable Answer overHttp1, Streamed overHttp2, boolean beforeBody) {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final byte[] WHOLE =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII);

  /** Reads the request, and says nothing more on the connection. */
  static final Act HANG_UP =
      new Act(
          Answer.hangUp(),
          turn -> {
            turn.readBody();
            turn.hangUp();
          });

  static final Act RESET_CONNECTION = new Act(Answer.reset(), Turn::resetConnection);

  static final Act STALL = new Act(Answer.stall(), Turn::readBody);

  /** A head, a part of the body, and the end of the connection. */
  static final Act BROKEN_BODY =
      new Act(
          Answer.truncated(200, "half", 4),
          turn -> {
            turn.begin("half");
            turn.hangUp();
          });

  static final Act STALLED_BODY =
      new Act(Answer.of(200, "whole").bodyDelay(LONG), turn -> turn.begin("half"));

  /** Answers, and leaves without a word. */
  static final Act LEAVE_QUIETLY =
      new Act(
          Answer.raw(WHOLE).closeAfter(),
          turn -> {
            turn.answer(200);
            turn.hangUp();
          });

  Act(@Nullable Answer overHttp1, Streamed overHttp2) {
    this(overHttp1, overHttp2, false);
  }

  /** What a server of HTTP/2 does about a stream whose head has come. */
  @FunctionalInterface
  interface Streamed {
    void answer(Turn turn) throws IOException;
  }

  Answer answer() {
    return Objects.requireNonNull(overHttp1, "not over HTTP/1.1");
  }

  /** An answer to a whole request. */
  static Act status(int code) {
    return new Act(
        Answer.of(code),
        turn -> {
          turn.readBody();
          turn.answer(code);
        });
  }

  static Act status(int code, String field, String value) {
    return new Act(
        Answer.of(code).header(field, value),
        turn -> {
          turn.readBody();
          turn.answer(code, field, value);
        });
  }

  /** A reset of the stream, after the request was read. */
  static Act reset(ErrorCode code) {
    return new Act(
        null,
        turn -> {
          turn.readBody();
          turn.reset(code);
        });
  }

  /** A reset in the middle of the answer. */
  static Act resetBody(ErrorCode code) {
    return new Act(
        null,
        turn -> {
          turn.begin("half");
          turn.reset(code);
        });
  }

  /** An answer to a head alone. */
  static Act statusBeforeBody(int code) {
    return new Act(null, turn -> turn.answer(code), true);
  }

  /** What the server does before it looks at the request. */
  static Act unread(Streamed act) {
    return new Act(null, act);
  }
}
