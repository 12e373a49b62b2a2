package dev.belay.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call wants otherwise than its client.
 *
 * <p>By default a call has the deadline and the retry policy of its client, and is repeated only if
 * its method is idempotent. Also a {@code tag(CallOptions.class, …)} of a request, which is how
 * calls through {@link BelayClient#newCall} and Retrofit say it. Immutable.
 */
public final class CallOptions {
  private static final CallOptions DEFAULTS =
      new CallOptions(new Wishes(null, false, null), null, null);

  private final Wishes wishes;
  private final @Nullable RetryPolicy retry;
  private final @Nullable Duration idle;

  /** What most calls ask for, if anything. */
  private record Wishes(@Nullable Duration deadline, boolean idempotent, @Nullable String key) {}

  private CallOptions(Wishes wishes, @Nullable RetryPolicy retry, @Nullable Duration idle) {
    this.wishes = wishes;
    this.retry = retry;
    this.idle = idle;
  }

  /**
   * Nothing otherwise than the client.
   *
   * @return the options that change nothing
   */
  public static CallOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Options with a deadline of their own.
   *
   * @param deadline the time from the start of the call to the end of its body, waiting, retries
   *     and back-off included; longer than zero
   * @return new options
   * @throws IllegalArgumentException if it is not longer than zero
   */
  public static CallOptions deadline(Duration deadline) {
    return DEFAULTS.withDeadline(deadline);
  }

  /**
   * Options for an answer that goes on for as long as the server likes, such as server-sent events.
   *
   * <p>Up to the head of the answer the call has its deadline and {@link
   * BelayClientBuilder#attemptTimeout}; from there on only silence ends it, with a {@link
   * DeadlineExceededException}. The body has no limit of size, and nobody is warned that its
   * connection is held for long. A stream takes no part in {@link
   * BelayClientBuilder#maxCallsInFlight} and {@link BelayClientBuilder#maxConcurrentAttempts}, but
   * is one of {@link BelayClientBuilder#maxStreams}; its connection counts like any other.
   *
   * @param idle the longest time without a byte from the server; longer than zero
   * @return new options
   * @throws IllegalArgumentException if it is not longer than zero
   */
  public static CallOptions streaming(Duration idle) {
    return new CallOptions(DEFAULTS.wishes, null, Check.positive(idle, "idle"));
  }

  /**
   * Like {@link #deadline(Duration)}, on top of these options. For a {@link #streaming} call it is
   * the time up to the head of the answer.
   *
   * @param newDeadline longer than zero
   * @return new options
   * @throws IllegalArgumentException if it is not longer than zero
   */
  public CallOptions withDeadline(Duration newDeadline) {
    Duration checked = Check.positive(newDeadline, "deadline");
    return new CallOptions(new Wishes(checked, wishes.idempotent, wishes.key), retry, idle);
  }

  /**
   * Declares that the request may be sent again although its method is not idempotent, because the
   * server recognises a repetition.
   *
   * @return new options
   */
  public CallOptions idempotent() {
    return new CallOptions(new Wishes(wishes.deadline, true, wishes.key), retry, idle);
  }

  /**
   * Sends this key with every attempt, by which the server recognises a repetition, and so declares
   * the call idempotent. It goes into the header of {@link BelayClientBuilder#idempotencyKey}, else
   * into {@code Idempotency-Key}, in the place of one that the request has there.
   *
   * @param key not blank; the same for what is the same work, as in a call that is made once more
   *     after a restart
   * @return new options
   * @throws IllegalArgumentException if it is blank or cannot be sent; the message does not hold it
   */
  public CallOptions idempotencyKey(String key) {
    String checked = HeaderCheck.value("idempotencyKey", Check.notBlank(key, "idempotencyKey"));
    return new CallOptions(new Wishes(wishes.deadline, wishes.idempotent, checked), retry, idle);
  }

  /**
   * Another retry policy than the client's.
   *
   * @param policy {@link RetryPolicy#none()} for one attempt
   * @return new options
   */
  public CallOptions withRetry(RetryPolicy policy) {
    return new CallOptions(wishes, Objects.requireNonNull(policy, "retry"), idle);
  }

  /**
   * The deadline of this call.
   *
   * @return empty for the client's
   */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(wishes.deadline);
  }

  /**
   * Whether the call was declared idempotent, by {@link #idempotent()} and not by a key.
   *
   * @return false leaves it to the method
   */
  public boolean isIdempotent() {
    return wishes.idempotent;
  }

  /** The key to send; empty for the client's way. */
  Optional<String> idempotencyKey() {
    return Optional.ofNullable(wishes.key);
  }

  /**
   * The retry policy of this call.
   *
   * @return empty for the client's
   */
  public Optional<RetryPolicy> retry() {
    return Optional.ofNullable(retry);
  }

  /**
   * How long a streaming call may be silent.
   *
   * @return empty for a call that its deadline ends
   */
  public Optional<Duration> idle() {
    return Optional.ofNullable(idle);
  }

  @Override
  public String toString() {
    Duration deadline = wishes.deadline;
    return (deadline == null ? "the client's deadline" : "deadline " + Text.of(deadline))
        + (wishes.idempotent ? ", idempotent" : "")
        + (wishes.key == null ? "" : ", with a key")
        + (retry == null ? "" : ", " + retry)
        + (idle == null ? "" : ", streaming until " + Text.of(idle) + " of silence");
  }
}
