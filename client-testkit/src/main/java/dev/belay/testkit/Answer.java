package dev.belay.testkit;

import dev.belay.testkit.AnswerScript.Field;
import dev.belay.testkit.AnswerScript.Raw;
import dev.belay.testkit.AnswerScript.Reply;
import dev.belay.testkit.AnswerScript.Silence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a {@link TestServer} does about one request: an answer, a bad answer, or none.
 *
 * <p>By default an answer goes out at once, with its length announced, and leaves the connection
 * open for the next request unless the client asked to close it. Immutable: every method that
 * changes something returns a new answer, so one answer may serve any number of requests.
 */
public final class Answer {

  private final AnswerScript script;
  private final Duration delay;
  private final boolean closes;

  private Answer(AnswerScript script, Duration delay, boolean closes) {
    this.script = script;
    this.delay = delay;
    this.closes = closes;
  }

  /**
   * An answer with this status and an empty body.
   *
   * @param status the status code, 200 to 999; send an interim 1xx answer with {@link #raw}
   * @return the answer
   * @throws IllegalArgumentException if the status is outside that range
   */
  public static Answer of(int status) {
    return of(status, new byte[0]);
  }

  /**
   * An answer with this status and text, encoded as UTF-8. No {@code Content-Type} is set.
   *
   * @param status the status code, 200 to 999
   * @param body the text
   * @return the answer
   * @throws IllegalArgumentException if the status is outside that range
   */
  public static Answer of(int status, String body) {
    return of(status, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An answer with this status and body. No {@code Content-Type} is set.
   *
   * @param status the status code, 200 to 999
   * @param body the bytes, which must not change while the answer is in use
   * @return the answer
   * @throws IllegalArgumentException if the status is outside that range
   */
  public static Answer of(int status, byte[] body) {
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("status must be 200 to 999 but is " + status);
    }
    Payload payload = new Payload(Objects.requireNonNull(body, "body"));
    return new Answer(new Reply(status, List.of(), payload, Framing.WHOLE), Duration.ZERO, false);
  }

  /**
   * An answer that announces more bytes than it sends and then closes the connection. With {@link
   * #chunked()} the last chunk is what is missing.
   *
   * @param status the status code, 200 to 999
   * @param body the part that is sent
   * @param missingBytes how many announced bytes never come; at least 1
   * @return the answer
   * @throws IllegalArgumentException if one of the numbers is outside its range
   */
  public static Answer truncated(int status, String body, int missingBytes) {
    if (missingBytes < 1) {
      throw new IllegalArgumentException("missingBytes must be positive but is " + missingBytes);
    }
    return of(status, body).framed(Framing.WHOLE.missing(missingBytes)).closeAfter();
  }

  /**
   * These bytes, whatever they are, as the whole answer. The connection stays open afterwards; add
   * {@link #closeAfter()} to end it.
   *
   * @param bytes what to send, which must not change while the answer is in use
   * @return the answer
   */
  public static Answer raw(byte[] bytes) {
    Payload payload = new Payload(Objects.requireNonNull(bytes, "bytes"));
    return new Answer(new Raw(payload), Duration.ZERO, false);
  }

  /**
   * No answer, on a connection that stays open until the client or the server closes it.
   *
   * @return the answer
   */
  public static Answer stall() {
    return new Answer(Silence.STALL, Duration.ZERO, false);
  }

  /**
   * No answer: the request is read completely, then the connection is closed in an orderly way
   * (FIN, not RST).
   *
   * @return the answer
   */
  public static Answer hangUp() {
    return new Answer(Silence.HANG_UP, Duration.ZERO, true);
  }

  /**
   * No answer: the request is read completely, then the connection is reset, as by a process that
   * crashed.
   *
   * @return the answer
   */
  public static Answer reset() {
    return new Answer(Silence.RESET, Duration.ZERO, true);
  }

  /**
   * These answers, one for each request, in this order; a handler for a {@link TestServer}. Another
   * request fails, which answers 500 and is in {@link TestServer#failures()}, unless the script
   * goes on with {@link InTurn#then} or {@link InTurn#thenAlways}.
   *
   * @param first the answer to the first request
   * @param more those to the next ones
   * @return a script of which nothing was used yet
   */
  public static InTurn inTurn(Answer first, Answer... more) {
    List<Answer> answers = new ArrayList<>(List.of(more));
    answers.add(0, Objects.requireNonNull(first, "first"));
    return new InTurn(new AnswerQueue(answers, null));
  }

  /**
   * Adds a header field after those that are there. A {@code Content-Length} or {@code
   * Transfer-Encoding} given here replaces the server's own, right or wrong.
   *
   * @param name the field's name
   * @param value the field's value, sent as ISO 8859-1
   * @return a new answer
   * @throws IllegalStateException if this answer has no head of its own, as a raw or silent one
   */
  public Answer header(String name, String value) {
    Reply reply = reply("header");
    List<Field> fields = new ArrayList<>(reply.fields());
    fields.add(new Field(name, value));
    return with(new Reply(reply.status(), List.copyOf(fields), reply.body(), reply.framing()));
  }

  /**
   * Waits before the first byte of the answer, or before hanging up. A connection that the client
   * closes meanwhile gets nothing.
   *
   * @param wait how long; zero, the default, is at once
   * @return a new answer
   * @throws IllegalArgumentException if the duration is negative
   */
  public Answer after(Duration wait) {
    return new Answer(script, notNegative("after", wait), closes);
  }

  /**
   * Waits between the head and the body, which go out together by default. With {@link
   * #inPieces(int)} it waits before every piece.
   *
   * @param wait how long; zero is not at all
   * @return a new answer
   * @throws IllegalArgumentException if the duration is negative
   * @throws IllegalStateException if this answer has no body of its own, as a raw or silent one
   */
  public Answer bodyDelay(Duration wait) {
    return framed(reply("bodyDelay").framing().delayedBy(notNegative("bodyDelay", wait)));
  }

  /**
   * Cuts the body into pieces: one chunk each with {@link #chunked()}, and one wait each with
   * {@link #bodyDelay(Duration)}. By default the body is one piece.
   *
   * @param bytes the length of each piece but the last; at least 1
   * @return a new answer
   * @throws IllegalArgumentException if the length is below 1
   * @throws IllegalStateException if this answer has no body of its own, as a raw or silent one
   */
  public Answer inPieces(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("inPieces must be at least 1 byte but is " + bytes);
    }
    return framed(reply("inPieces").framing().inPiecesOf(bytes));
  }

  /**
   * Sends the body with {@code Transfer-Encoding: chunked} instead of a length (RFC 9112 section
   * 7.1).
   *
   * @return a new answer
   * @throws IllegalStateException if this answer has no body of its own, as a raw or silent one
   */
  public Answer chunked() {
    return framed(reply("chunked").framing().asChunks());
  }

  /**
   * Says {@code Connection: close} in the head, where there is one, and closes the connection after
   * the last byte.
   *
   * @return a new answer
   */
  public Answer closeAfter() {
    return new Answer(script, delay, true);
  }

  AnswerScript script() {
    return script;
  }

  Duration delay() {
    return delay;
  }

  boolean closes() {
    return closes;
  }

  private Answer framed(Framing framing) {
    Reply reply = reply("framing");
    return with(new Reply(reply.status(), reply.fields(), reply.body(), framing));
  }

  private Answer with(AnswerScript changed) {
    return new Answer(changed, delay, closes);
  }

  private Reply reply(String setting) {
    if (script instanceof Reply reply) {
      return reply;
    }
    throw new IllegalStateException(setting + " has no effect on this answer: " + script);
  }

  private static Duration notNegative(String setting, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(setting + " must not be negative but is " + duration);
    }
    return duration;
  }

  /** What is sent, when, and whether the connection ends; neither headers nor the body. */
  @Override
  public String toString() {
    return "Answer[" + script + ", after " + delay + (closes ? ", then close]" : "]");
  }

  /**
   * Answers in a fixed order, each used once: request by request, in the order in which the server
   * asks for them. Thread-safe. What adds to it returns a new one, of which nothing was used yet.
   */
  public static final class InTurn implements TestServer.Handler {
    private final AnswerQueue queue;

    private InTurn(AnswerQueue queue) {
      this.queue = queue;
    }

    /**
     * Goes on with the same answer for some requests.
     *
     * @param requests how many; at least 1
     * @param answer what they get
     * @return a new script
     * @throws IllegalArgumentException if {@code requests} is below 1
     * @throws IllegalStateException behind {@link #thenAlways}
     */
    public InTurn then(int requests, Answer answer) {
      return new InTurn(queue.then(requests, answer));
    }

    /**
     * Goes on with the same answer for all further requests.
     *
     * @param answer what they get
     * @return a new script
     * @throws IllegalStateException behind another one
     */
    public InTurn thenAlways(Answer answer) {
      return new InTurn(queue.thenAlways(answer));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no answer is left
     */
    @Override
    public Answer answer(Received request) {
      return queue.next(request);
    }

    /**
     * How many requests got an answer from here.
     *
     * @return the number, those behind the last of the order included
     */
    public int used() {
      return queue.used();
    }

    /**
     * Judges whether every answer of the order was used, and no request found none.
     *
     * @throws AssertionError if not; the message lists what is left
     */
    public void assertPlayed() {
      queue.assertPlayed();
    }

    AnswerQueue queue() {
      return queue;
    }

    /** What was used and what is left. */
    @Override
    public String toString() {
      return "InTurn[" + queue + "]";
    }
  }
}
