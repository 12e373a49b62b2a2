package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call that brought no usable answer, and what is known about it.
 *
 * <p>Every failure of a call is one of the permitted types. {@link #outcome()} tells whether the
 * request may have done its work, which is what decides about sending it again. Failures of earlier
 * attempts are {@linkplain #getSuppressed() suppressed} in the last one. Messages hold method,
 * origin and path, never a query, a header or a body. Immutable.
 */
public abstract sealed class CallFailedException extends IOException
    permits AnswerTooLargeException,
        BadAnswerException,
        CancelledException,
        ClosedException,
        ConnectFailedException,
        ConnectionLostException,
        DeadlineExceededException,
        LimitReachedException,
        RedirectRefusedException,
        UnexpectedStatusException,
        UntrustedServerException {
  private static final long serialVersionUID = 1;

  private final Circumstances circumstances;

  CallFailedException(String message, Circumstances circumstances, @Nullable Throwable cause) {
    super(message + " (" + circumstances + ")", cause);
    this.circumstances = circumstances;
  }

  /**
   * What the request may have done at the server.
   *
   * @return the outcome, by evidence
   */
  public Outcome outcome() {
    return circumstances.outcome();
  }

  /**
   * How far the call had come.
   *
   * @return the phase in which it failed
   */
  public Phase phase() {
    return circumstances.phase();
  }

  /**
   * How many attempts were begun, the first and those of redirects included.
   *
   * @return 0 when the call failed before its first attempt
   */
  public int attempts() {
    return circumstances.attempts();
  }

  /**
   * The time from the start of the call to its failure.
   *
   * @return never negative
   */
  public Duration elapsed() {
    return circumstances.elapsed();
  }

  /**
   * The status of the answer, where a status line arrived before the failure.
   *
   * @return empty when no answer began
   */
  public OptionalInt status() {
    return circumstances.status() == 0
        ? OptionalInt.empty()
        : OptionalInt.of(circumstances.status());
  }

  /**
   * How long the server asked to be left alone (RFC 9110 section 10.2.3). When it was this client
   * that refused, after which time it expects to have room.
   *
   * @return empty when it did not ask, or when its wish could not be understood
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(circumstances.retryAfter());
  }
}
