package dev.belay.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong into a typed failure with its evidence. */
final class Failures {
  /** OkHttp has no type for an answer that ends too early; a test pins the words. */
  private static final String CUT_SHORT = "unexpected end of stream";

  /** Nor for a head on HTTP/2 that is longer than it reads; the table of faults pins the words. */
  private static final String LONG_HEAD = "header byte count limit";

  private Failures() {}

  static Circumstances circumstances(CallEntry call) {
    Exchange last = call.attempts.last();
    Outcome now =
        last != null && last.traces.mayHaveBeenSent() ? Outcome.UNKNOWN : Outcome.NOT_SENT;
    return with(call, Outcome.worse(call.attempts.outcomeSoFar(), now));
  }

  private static Circumstances with(CallEntry call, Outcome outcome) {
    Exchange last = call.attempts.last();
    int status = last == null ? 0 : last.traces.status();
    Duration wait = last == null ? null : last.retryAfter();
    return new Circumstances(
        outcome, call.phase, call.attempts.number(), call.deadline.age(), status, wait);
  }

  /**
   * What an answer with this status says about the work (RFC 9110 section 15). Two redirects
   * promise that nothing was done; a 303 answers a POST that was.
   */
  static Outcome outcomeOf(int status, boolean retryAfter) {
    boolean redirected = status == Status.TEMPORARY_REDIRECT || status == Status.PERMANENT_REDIRECT;
    boolean refused =
        redirected || (status >= 400 && status < 500 && status != Status.REQUEST_TIMEOUT);
    return refused || (status == Status.UNAVAILABLE && retryAfter)
        ? Outcome.REJECTED
        : Outcome.UNKNOWN;
  }

  static UnexpectedStatusException unexpected(CallEntry call, int status, String body) {
    return new UnexpectedStatusException(
        call + " was answered with status " + status, answered(call, status), body);
  }

  /** Of a call whose last attempt got an answer that is whole, but not the wanted one. */
  static Circumstances answered(CallEntry call, int status) {
    Exchange last = call.attempts.last();
    Outcome outcome = outcomeOf(status, last != null && last.retryAfter() != null);
    return with(call, Outcome.worse(call.attempts.outcomeSoFar(), outcome));
  }

  static AnswerTooLargeException tooLarge(CallEntry call, long limit) {
    String message = call + " was answered with more than " + limit + " bytes";
    return new AnswerTooLargeException(message, circumstances(call), null);
  }

  /** Counted on the wire; on HTTP/2 it need not be this answer that was longer. */
  private static AnswerTooLargeException flooded(CallEntry call, Exchange last, IOException cause) {
    String what =
        last.traces.wasFlooded()
            ? " was answered with more than " + last.traces.wireBytes() + " bytes on the wire"
            : " was answered with a head of more than " + Traces.LONGEST_HEAD + " bytes";
    return new AnswerTooLargeException(call + what, circumstances(call), Scrubbed.of(cause));
  }

  /**
   * The host of the connection could not be looked up: an attempt, though nothing was sent. The
   * cause may be that of other calls too, and the failure of a call that the look-up made.
   */
  static CallFailedException ofLookUp(CallEntry call, Throwable cause) {
    call.attempts.count();
    return of(call, cause instanceof CallFailedException ? new IOException(cause) : asIo(cause));
  }

  static IOException asIo(Throwable cause) {
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  /** What OkHttp quotes of an answer may have been told to the server as a secret. */
  static CallFailedException of(CallEntry call, IOException cause) {
    return ofClean(call, Scrubbed.io(cause));
  }

  private static CallFailedException ofClean(CallEntry call, IOException cause) {
    Cut cut = call.cut();
    if (cut != null) {
      return cut.asFailure(call, cause);
    }
    Exchange last = call.attempts.last();
    if (last != null && last.wait.isOverdue()) {
      String message = "an attempt of " + call + " had no answer in " + Text.of(last.wait.time);
      return new DeadlineExceededException(message, circumstances(call), cause);
    }
    if (cause instanceof CallFailedException failure) {
      return failure; // of this call
    }
    boolean longHead = last != null && (last.traces.hadEndlessHead() || says(cause, LONG_HEAD));
    if (last != null && (last.traces.wasFlooded() || longHead)) {
      return flooded(call, last, cause);
    }
    if (isInterrupt(cause)) {
      return new Cut.Cancelled("interrupted").asFailure(call, cause);
    }
    return call.phase.compareTo(Phase.REQUEST) < 0
        ? whileConnecting(call, cause)
        : whileExchanging(call, cause);
  }

  /** Okio looks at the flag of its thread before it reads or writes, and leaves it set. */
  private static boolean isInterrupt(IOException cause) {
    return cause instanceof InterruptedIOException
        && !(cause instanceof SocketTimeoutException)
        && Thread.currentThread().isInterrupted();
  }

  private static CallFailedException whileConnecting(CallEntry call, IOException cause) {
    Circumstances circumstances = circumstances(call);
    String distrust = Distrust.reason(cause, call.phase);
    if (distrust != null) {
      String message = "no trust in " + call.route + ": " + distrust;
      return new UntrustedServerException(call.mask(message), circumstances, cause);
    }
    String what =
        cause instanceof UnknownHostException
            ? "no address for " + call.route + ": " + reason(cause)
            : "no connection to " + call.route + ": " + reason(cause);
    return new ConnectFailedException(call.mask(what), circumstances, cause);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static CallFailedException whileExchanging(CallEntry call, IOException cause) {
    Circumstances circumstances = circumstances(call);
    if (cause instanceof SocketTimeoutException) {
      Wiring.Timeouts limits = call.route.wiring().timeouts;
      Duration read = call.idle == null ? limits.read() : call.idle;
      Duration limit = call.phase == Phase.REQUEST ? limits.write() : read;
      String message = call + " moved no byte for " + Text.of(limit);
      return new DeadlineExceededException(message, circumstances, cause);
    }
    if (circumstances.status() == Status.PROXY_AUTHENTICATION) {
      return unexpected(call, Status.PROXY_AUTHENTICATION, ""); // OkHttp takes it for nonsense
    }
    if (isLoss(call, StreamReset.reasonOf(cause))) {
      String message = "the connection broke under " + call;
      return new ConnectionLostException(message, circumstances, cause);
    }
    String how =
        circumstances.status() == Status.SWITCHING_PROTOCOLS
            ? " was answered with 101, and Belay does not switch protocols"
            : " got a bad answer";
    return new BadAnswerException(call + how, circumstances, cause);
  }

  /** In the body everything that is not the network is the content, such as broken gzip. */
  private static boolean isLoss(CallEntry call, IOException cause) {
    Exchange last = call.attempts.last();
    boolean network =
        cause instanceof SocketException
            || cause instanceof SSLException
            || (cause instanceof EOFException && !isOfContent(last, cause))
            || StreamReset.is(cause)
            || says(cause, CUT_SHORT);
    return network || (call.phase != Phase.BODY && !isNonsense(last, cause));
  }

  /** Of a body that came whole, and ends too early for what it is, which is compressed. */
  private static boolean isOfContent(@Nullable Exchange last, IOException cause) {
    StackTraceElement[] stack = cause.getStackTrace();
    boolean reading = stack.length > 0 && stack[0].getClassName().startsWith("okio.");
    return last != null && last.traces.bodyEnded() && reading;
  }

  /** OkHttp has no type for what it does not understand on HTTP/2; what is lost has one there. */
  private static boolean isNonsense(@Nullable Exchange last, IOException cause) {
    boolean untyped = cause.getClass() == IOException.class && !StreamReset.isEnd(cause);
    return cause instanceof ProtocolException
        || (untyped && last != null && last.carrier.isMultiplexed());
  }

  private static boolean says(IOException cause, String words) {
    String message = cause.getMessage();
    return message != null && message.startsWith(words);
  }

  /** An exception of the user's own request body, to be thrown as it is; null for all others. */
  static @Nullable Exception ownOf(IOException cause) {
    return cause instanceof OneShot.BodyFailedException failed ? failed.unwrapped() : null;
  }
}
