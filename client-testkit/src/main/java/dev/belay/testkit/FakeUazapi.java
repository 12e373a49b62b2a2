package dev.belay.testkit;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/**
 * A WhatsApp instance of Uazapi on 127.0.0.1 that sends nothing to anybody: it checks the token,
 * keeps what it was sent, answers in the documented shapes (API 2.1.1), and fails on request.
 *
 * <p>By default it is {@code connected}, answers at once, takes every text, and keeps connections
 * open. It serves {@code POST /send/text} and {@code GET /instance/status}; another method on these
 * answers 405, another path 404, or 405 if it is a POST, as the real one does. Two equal texts are
 * two messages, track ids included: the API has no idempotency.
 *
 * <p>A message is taken when its request has been read, before any delay: a client that gives up
 * waiting has sent it all the same. Where the API documents nothing, the fake chose: malformed JSON
 * is a missing number or text, and only an instance that is {@code connected} takes messages, the
 * others answer 503.
 *
 * <p>Needs Jackson 3 ({@code tools.jackson.databind}) at run time. Thread-safe. Whoever starts it
 * closes it.
 */
public final class FakeUazapi implements Closeable {

  private final UazapiInstance instance;
  private final TestServer server;

  private FakeUazapi(Builder builder) {
    instance = new UazapiInstance(builder.token, builder.clock, builder.random);
    instance.setState(builder.state);
    instance.setTiming(builder.timing);
    server = TestServer.start(instance::answer);
  }

  /**
   * Starts a connected instance with a made-up token that answers at once.
   *
   * @return the fake, ready for connections
   * @throws UncheckedIOException if no port can be bound
   */
  public static FakeUazapi start() {
    return builder().start();
  }

  /**
   * Settings of a fake that is not started yet.
   *
   * @return a builder with the defaults of {@link #start()}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The base address, to be given to the client.
   *
   * @return a URL without a path, such as {@code http://127.0.0.1:4711}
   */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /**
   * The instance token that requests must carry in the header {@code token}.
   *
   * @return the token in clear
   */
  public String token() {
    return instance.token();
  }

  /**
   * From now on answers come after a random time, uniformly distributed over this range. Answers
   * given to {@link #failNext(int, Answer)} and {@link #failNextAfterTaking} keep their own delay.
   *
   * @param min the shortest time; zero is at once
   * @param max the longest time, at least {@code min}
   * @throws IllegalArgumentException if min is negative or greater than max
   */
  public void answerAfter(Duration min, Duration max) {
    instance.setTiming(new AnswerTiming(min, max));
  }

  /**
   * Changes the state of the instance: {@code connected}, {@code disconnected}, {@code hibernated},
   * {@code connecting}, or any other text, as a future version may say. Only a connected instance
   * takes messages.
   *
   * @param state the text that {@code GET /instance/status} gives
   * @throws IllegalArgumentException if the state is blank
   */
  public void instanceState(String state) {
    instance.setState(state);
  }

  /**
   * The next requests that carry the right token get this answer and have no other effect. A
   * message in them is not taken: {@code failNext(1, Answer.hangUp())}.
   *
   * <p>Calls of this method and of {@link #failNextAfterTaking} queue up behind each other.
   *
   * @param requests how many requests; at least 1
   * @param answer what they get
   * @throws IllegalArgumentException if {@code requests} is below 1
   */
  public void failNext(int requests, Answer answer) {
    failNext(new AnswerQueue(AnswerQueue.copies(requests, answer), null), false);
  }

  /**
   * The next requests that carry the right token get the answers of this script and have no other
   * effect; behind its last one the fake answers by itself again. Otherwise like {@link
   * #failNext(int, Answer)}.
   *
   * @param answers one for each request; still counts which of them were used
   * @throws IllegalArgumentException if it never ends
   */
  public void failNext(Answer.InTurn answers) {
    failNext(answers.queue(), false);
  }

  private void failNext(AnswerQueue answers, boolean afterTaking) {
    instance.script(answers, afterTaking);
  }

  /**
   * The next requests that carry the right token do what they ask, but get this answer instead of
   * the documented one. A message in them is taken: {@code failNextAfterTaking(1, Answer.stall())}
   * makes a client wait in vain for a message that was sent.
   *
   * <p>Calls of this method and of {@link #failNext(int, Answer)} queue up behind each other.
   *
   * @param requests how many requests; at least 1
   * @param answer what they get
   * @throws IllegalArgumentException if {@code requests} is below 1
   */
  public void failNextAfterTaking(int requests, Answer answer) {
    failNext(new AnswerQueue(AnswerQueue.copies(requests, answer), null), true);
  }

  /**
   * The messages that were taken, in this order.
   *
   * @return a copy of the list
   */
  public List<Message> messages() {
    return instance.messages();
  }

  /**
   * Waits, without polling, until at least this many messages were taken.
   *
   * @param expected the number to wait for, counted from the start of the fake
   * @param limit how long to wait; zero only looks
   * @throws AssertionError if the time passes; the message lists the messages
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void awaitMessages(int expected, Duration limit) throws InterruptedException {
    instance.awaitMessages(expected, limit);
  }

  /**
   * How many connections are open now.
   *
   * @return the number as {@link TestServer#openConnections()} counts it
   */
  public int openConnections() {
    return server.openConnections();
  }

  /**
   * The largest number of connections that were open at one instant.
   *
   * @return the number as {@link TestServer#mostConnections()} counts it
   */
  public int mostConnections() {
    return server.mostConnections();
  }

  /**
   * How many connections were accepted since the start.
   *
   * @return the number of connections
   */
  public int totalConnections() {
    return server.totalConnections();
  }

  /**
   * How many requests were read since the start, refused ones included.
   *
   * @return the number of requests
   */
  public int requests() {
    return server.requests();
  }

  /**
   * The server underneath, for waiting and for its failures.
   *
   * @return the server, which this object closes
   */
  @SuppressWarnings("exports") // an annotation for tools, which a consumer need not have
  public @NotOwning TestServer server() {
    return server;
  }

  /** Closes the server as {@link TestServer#close()} does; the messages stay readable. */
  @Override
  public void close() {
    server.close();
  }

  /** Address, state and counts; the token is masked. */
  @Override
  public String toString() {
    return "FakeUazapi[token ***, " + instance + ", " + server + "]";
  }

  /**
   * A message that the fake took.
   *
   * @param id the id of the message in the API: owner, colon, {@code messageId}
   * @param messageId the id of the message in WhatsApp: {@code 3EB0} and 18 digits of 0-9 and A-F
   * @param number the receiver as the request named it
   * @param text the text as the request had it
   * @param trackId the {@code track_id} of the request, empty if it had none
   * @param trackSource the {@code track_source} of the request, empty if it had none
   */
  public record Message(
      String id,
      String messageId,
      String number,
      String text,
      String trackId,
      String trackSource) {}

  /** Settings for {@link FakeUazapi}. Not thread-safe. */
  public static final class Builder {

    private String token = "00000000-0000-4000-8000-000000000001";
    private String state = "connected";
    private AnswerTiming timing = AnswerTiming.AT_ONCE;
    private RandomGenerator random = new Random(0);
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * The instance token. By default a made-up UUID.
     *
     * @param token what requests must carry
     * @return this builder
     * @throws IllegalArgumentException if the token is blank
     */
    public Builder token(String token) {
      if (token.isBlank()) {
        throw new IllegalArgumentException("token must not be blank");
      }
      this.token = token;
      return this;
    }

    /**
     * The time that answers take, as in {@link FakeUazapi#answerAfter}. By default none.
     *
     * @param min the shortest time; zero is at once
     * @param max the longest time, at least {@code min}
     * @return this builder
     * @throws IllegalArgumentException if min is negative or greater than max
     */
    public Builder answersWithin(Duration min, Duration max) {
      timing = new AnswerTiming(min, max);
      return this;
    }

    /**
     * The state at the start, as in {@link FakeUazapi#instanceState}. By default {@code connected}.
     *
     * @param state the text that {@code GET /instance/status} gives
     * @return this builder
     */
    public Builder state(String state) {
      this.state = Objects.requireNonNull(state, "state");
      return this;
    }

    /**
     * The source of answer times and message ids. By default a {@link Random} with seed 0, so that
     * a test with one thread sees the same in every run.
     *
     * @param random used under a lock, so it need not be thread-safe
     * @return this builder
     */
    public Builder random(RandomGenerator random) {
      this.random = Objects.requireNonNull(random, "random");
      return this;
    }

    /**
     * The source of timestamps in answers. By default the system clock.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Starts the fake.
     *
     * @return the fake, ready for connections
     * @throws IllegalArgumentException if the state is blank
     * @throws UncheckedIOException if no port can be bound
     */
    public FakeUazapi start() {
      return new FakeUazapi(this);
    }

    /** The settings; the token is masked. */
    @Override
    public String toString() {
      return "FakeUazapi.Builder[token ***, state " + state + ", answers within " + timing + "]";
    }
  }
}
