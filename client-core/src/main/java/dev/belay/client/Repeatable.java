package dev.belay.client;

import java.util.Set;
import okhttp3.Response;

/**
 * What may be sent again: what was not sent, what the server refused, and the rest only where its
 * work may be done twice.
 */
final class Repeatable {
  /** RFC 9110 section 9.2.2. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private Repeatable() {}

  static boolean isIdempotent(String method) {
    return IDEMPOTENT.contains(method);
  }

  /**
   * @param wait whether the server said how long it wants to be left alone, in words that we
   *     understand: who says that a request may come again has not begun its work
   */
  static boolean is(CallEntry call, Response answer, boolean wait) {
    return switch (answer.code()) {
      case Status.MISDIRECTED, Status.TOO_EARLY, Status.TOO_MANY_REQUESTS -> hasBody(call);
      case Status.UNAVAILABLE -> (wait || call.idempotent) && hasBody(call);
      case Status.REQUEST_TIMEOUT,
          Status.SERVER_ERROR,
          Status.BAD_GATEWAY,
          Status.GATEWAY_TIMEOUT ->
          call.idempotent && hasBody(call);
      default -> isWanted(call, answer) && call.idempotent && hasBody(call);
    };
  }

  /** A server that recognises repetitions by a key says 409 while the first is being worked on. */
  private static boolean isWanted(CallEntry call, Response answer) {
    return (answer.code() == Status.CONFLICT && call.keyed) || call.retry.wants(call, answer);
  }

  static boolean isThrottled(int status) {
    return status == Status.TOO_MANY_REQUESTS
        || status == Status.UNAVAILABLE
        || status == Status.CONFLICT;
  }

  /** Whether the answer says that this connection, and no other, is the wrong one. */
  static boolean isElsewhere(int status) {
    return status == Status.MISDIRECTED || status == Status.TOO_EARLY;
  }

  /** A body that its owner can write only once has been written. */
  static boolean hasBody(CallEntry call) {
    return call.request.body() == null || !call.request.body().isOneShot();
  }

  static boolean is(CallEntry call, CallFailedException failure) {
    boolean harmless = failure.outcome() == Outcome.NOT_SENT;
    return isTransient(call, failure)
        && (harmless || call.idempotent)
        && (hasBody(call) || !call.attempts.hasUsedBody());
  }

  /**
   * Whether the server, which is about to close the connection or has too many streams, did not
   * look at the request. It may look at the next one, and once that is not a repetition: no policy
   * is asked (RFC 9113 section 8.7).
   */
  static boolean atOnce(CallEntry call, CallFailedException failure) {
    Exchange last = call.attempts.last();
    return failure.outcome() == Outcome.NOT_SENT
        && last != null
        && last.traces.wasRefused()
        && call.cut() == null
        && (hasBody(call) || !call.attempts.hasUsedBody())
        && call.attempts.mayReplay();
  }

  /**
   * What may go otherwise the next time. A server that switches protocols will do so again, and
   * neither settings that name a SOCKS proxy nor an interceptor change by themselves.
   */
  private static boolean isTransient(CallEntry call, CallFailedException failure) {
    int status = failure.status().orElse(0);
    return (failure instanceof ConnectFailedException && !isOfSettings(failure))
        || failure instanceof ConnectionLostException
        || (failure instanceof BadAnswerException && status != Status.SWITCHING_PROTOCOLS)
        || (failure instanceof DeadlineExceededException && call.cut() == null);
  }

  /** Whether it was refused here, for what the system or an interceptor wants. */
  static boolean isOfSettings(CallFailedException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof Target.SocksRefusedException
        || cause instanceof PublicAddresses.RefusedException
        || cause instanceof Guard.ReplacedPartException;
  }
}
