package dev.belay.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a circuit breaker permitted to one attempt: it gets one result for it, or gets it back.
 *
 * <p>The result is told when the head of the answer has come, long before the ticket goes back with
 * the body. Whatever ends the attempt earlier gives the ticket back and with it the permission.
 */
final class BreakerPass extends Ticket {
  private final OriginBreaker breaker;
  private final CircuitBreaker.Metrics era;

  /** Set by whoever tells the result or gives the permission back, who then does. */
  private final AtomicBoolean spent = new AtomicBoolean();

  BreakerPass(BreakerGate gate, CallEntry call, OriginBreaker breaker, CircuitBreaker.Metrics era) {
    super(gate, call, NEVER);
    this.breaker = breaker;
    this.era = era;
  }

  /** The head of an answer has come. */
  void answered(int status) {
    if (status == Status.TOO_MANY_REQUESTS) {
      goesBack();
    } else {
      record(isFailure(status));
    }
  }

  private static boolean isFailure(int status) {
    return switch (status) {
      case Status.SERVER_ERROR, Status.BAD_GATEWAY, Status.UNAVAILABLE, Status.GATEWAY_TIMEOUT ->
          true;
      default -> false;
    };
  }

  /** The attempt ended without an answer. */
  void failed(CallFailedException failure) {
    if (isOfServer(failure)) {
      record(true);
    } else {
      goesBack();
    }
  }

  /**
   * By the phase, what happened before anybody turned to the server, such as a value for the
   * Authorization header that could not be had, or a look-up that waited for those of other hosts.
   * A certificate is distrusted by us, and a breaker that opened for it would hide why.
   */
  private static boolean isOfServer(CallFailedException failure) {
    Phase first = failure instanceof DeadlineExceededException ? Phase.CONNECT : Phase.DNS;
    return failure.phase().compareTo(first) >= 0
        && !Repeatable.isOfSettings(failure)
        && (failure instanceof ConnectFailedException
            || failure instanceof ConnectionLostException
            || failure instanceof BadAnswerException
            || failure instanceof DeadlineExceededException);
  }

  private void record(boolean failed) {
    if (spent.compareAndSet(false, true)) {
      breaker.record(era, failed);
    }
  }

  @Override
  void goesBack() {
    if (spent.compareAndSet(false, true)) {
      breaker.release(era);
    }
  }

  /** Whether another attempt would be refused now. */
  boolean isOpen() {
    return breaker.isOpen();
  }
}
