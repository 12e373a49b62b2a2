package dev.belay.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call wants otherwise than its client.
 *
 * <p>By default a call has the deadline of its client, and is repeated only if its method is
 * idempotent. Also a {@code tag(CallOptions.class, …)} of a request, which is how calls through
 * {@link BelayClient#newCall} and Retrofit say it. Immutable.
 */
public final class CallOptions {
  private static final CallOptions DEFAULTS = new CallOptions(null, false);

  private final @Nullable Duration deadline;
  private final boolean idempotent;

  private CallOptions(@Nullable Duration deadline, boolean idempotent) {
    this.deadline = deadline;
    this.idempotent = idempotent;
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
   * Like {@link #deadline(Duration)}, on top of these options.
   *
   * @param newDeadline longer than zero
   * @return new options
   * @throws IllegalArgumentException if it is not longer than zero
   */
  public CallOptions withDeadline(Duration newDeadline) {
    return new CallOptions(Check.positive(newDeadline, "deadline"), idempotent);
  }

  /**
   * Declares that the request may be sent again although its method is not idempotent, because the
   * server recognises a repetition.
   *
   * @return new options
   */
  public CallOptions idempotent() {
    return new CallOptions(deadline, true);
  }

  /**
   * The deadline of this call.
   *
   * @return empty for the client's
   */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /**
   * Whether the call was declared idempotent.
   *
   * @return false leaves it to the method
   */
  public boolean isIdempotent() {
    return idempotent;
  }

  @Override
  public String toString() {
    String first = deadline == null ? "the client's deadline" : "deadline " + Text.of(deadline);
    return first + (idempotent ? ", idempotent" : "");
  }
}
