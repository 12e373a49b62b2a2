package dev.belay.client;

import okhttp3.Response;

/**
 * What may be sent again: what was not sent, what the server refused, and the rest only where its
 * work may be done twice.
 */
final class Repeatable {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int MISDIRECTED = 421;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  private Repeatable() {}

  /**
   * @param wait whether the server said how long it wants to be left alone, in words that we
   *     understand: who says that a request may come again has not begun its work
   */
  static boolean is(CallEntry call, Response answer, boolean wait) {
    return switch (answer.code()) {
      case MISDIRECTED, TOO_EARLY, TOO_MANY_REQUESTS -> hasBody(call);
      case UNAVAILABLE -> (wait || call.idempotent) && hasBody(call);
      case REQUEST_TIMEOUT, SERVER_ERROR, BAD_GATEWAY, GATEWAY_TIMEOUT ->
          call.idempotent && hasBody(call);
      default -> isWanted(call, answer) && call.idempotent && hasBody(call);
    };
  }

  /** A server that recognises repetitions by a key says 409 while the first is being worked on. */
  private static boolean isWanted(CallEntry call, Response answer) {
    return (answer.code() == CONFLICT && call.keyed) || call.retry.wants(call, answer);
  }

  static boolean isThrottled(int status) {
    return status == TOO_MANY_REQUESTS || status == UNAVAILABLE || status == CONFLICT;
  }

  /** Whether the answer says that this connection, and no other, is the wrong one. */
  static boolean isElsewhere(int status) {
    return status == MISDIRECTED || status == TOO_EARLY;
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
        && last.wasRefused()
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
        || (failure instanceof BadAnswerException && status != Failures.SWITCHING_PROTOCOLS)
        || (failure instanceof DeadlineExceededException && call.cut() == null);
  }

  /** Whether it was refused here, for what the system or an interceptor wants. */
  static boolean isOfSettings(CallFailedException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof Target.SocksRefusedException
        || cause instanceof Guard.ReplacedPartException;
  }
}
