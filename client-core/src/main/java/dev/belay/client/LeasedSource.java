package dev.belay.client;

import java.io.IOException;
import java.lang.ref.Reference;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, and with it the lease: when the last byte was read, or reading failed, or
 * somebody closed it, the connection and the permits of the attempt go back, once.
 */
final class LeasedSource extends ForwardingSource {
  private final CallEntry call;
  private final Exchange exchange;
  private final Response answer;
  private final BufferedSource buffered;
  private final long limit;

  /** Written and read by the thread that reads the body, like the next one. */
  private long decoded;

  private boolean exhausted;

  private final boolean keptForHandler;

  /** Written by whoever ends the lease; read by whoever reads or closes afterwards. */
  private volatile boolean over;

  /** Set when the response leaves our hands: then the end of the body is the end of the call. */
  private volatile boolean endsCall;

  /** Why a later read finds nothing; set by the one who took the body away. */
  private volatile @Nullable String taken;

  LeasedSource(CallEntry call, Exchange exchange, Response answer, long limit) {
    super(answer.body().source());
    this.call = call;
    this.exchange = exchange;
    this.answer = answer;
    this.limit = limit;
    keptForHandler = call.waker().keepsConnection();
    buffered = Okio.buffer(this);
    finishIfEnded();
  }

  Response response() {
    ResponseBody body = answer.body();
    ResponseBody leased = ResponseBody.create(buffered, body.contentType(), body.contentLength());
    return answer
        .newBuilder()
        .request(call.secrets.inUrl(exchange.asked(answer.request())))
        .body(new LeasedBody(leased, this))
        .build();
  }

  static LeasedSource of(Response response) {
    return ((LeasedBody) response.body()).lease;
  }

  CallEntry call() {
    return call;
  }

  /** Its reader may have no other use for the body: it is in use as long as it is read. */
  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    try {
      return readChecked(sink, byteCount);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long readChecked(Buffer sink, long byteCount) throws IOException {
    refuseIfTaken();
    if (exhausted) {
      return -1; // readers ask twice, and the connection may be closed by now
    }
    long n = readTyped(sink, byteCount);
    exhausted = n == -1;
    if (n > 0) {
      decoded += n;
      if (decoded > limit) {
        finish(false);
        throw Failures.tooLarge(call, limit);
      }
    }
    if (n == -1 && !exchange.traces.bodyEnded()) {
      finish(false); // an interceptor swapped the body and left ours unread
    } else {
      finishIfEnded();
    }
    return n;
  }

  /** A cut call reads nothing more, not even what has arrived already: its answer is not whole. */
  private void refuseIfTaken() throws IOException {
    String reason = taken;
    if (reason != null) {
      throw new IOException(reason);
    }
    Cut cut = call.cut();
    if (cut != null && !exchange.traces.bodyEnded()) {
      throw failed(new IOException("cut"));
    }
  }

  private long readTyped(Buffer sink, long byteCount) throws IOException {
    if (!exchange.takeBody()) {
      throw failed(Guard.closed());
    }
    call.phase = Phase.BODY; // OkHttp says so only when the first byte has come
    try {
      return super.read(sink, byteCount);
    } catch (IOException e) {
      StreamReset.note(exchange, e);
      throw failed(e);
    } catch (RuntimeException e) {
      throw failed(Guard.asIo(e, exchange.carrier));
    } finally {
      exchange.giveBackBody();
    }
  }

  private CallFailedException failed(IOException e) {
    CallFailedException failure = Failures.of(call, e);
    finish(false);
    return failure;
  }

  private void finishIfEnded() {
    if (exchange.traces.bodyEnded() && !keptForHandler) {
      finish(true);
    }
  }

  /** Refuses a body that is announced to be too large, before a buffer of its size is made. */
  void refuseTooLarge() throws AnswerTooLargeException {
    if (answer.body().contentLength() > limit) {
      throw Failures.tooLarge(call, limit);
    }
  }

  private void finish(boolean whole) {
    giveBack(whole);
    endCall();
  }

  /**
   * Listeners hear of it before the next call can have the connection: their code may run on its
   * thread. They hear of one that ends after the end of its body.
   */
  private void giveBack(boolean whole) {
    if (!over) {
      over = true;
      boolean clean = whole && Persistence.of(exchange, answer);
      if (clean || exchange.carrier.isMultiplexed()) {
        exchange.released();
      }
      call.giveBack(Way.ATTEMPT, clean);
    }
  }

  private void endCall() {
    exchange.released();
    if (endsCall) {
      call.end(null);
    }
  }

  /**
   * While another thread reads, closing its connection is all there is to do: it does the rest.
   * That the body has ended is told before OkHttp is done with it, so it says nothing then.
   */
  @Override
  public void close() throws IOException {
    boolean alone = exchange.takeBody();
    try {
      if (!over && exchange.carrier.isMultiplexed()) {
        closeStream(alone);
      }
      if (!over) {
        giveBack(call.cut() == null && alone && (exchange.traces.bodyEnded() || drain()));
      }
      if (alone) {
        closeDelegate(); // OkHttp tells here that the body has ended
      }
    } finally {
      if (alone) {
        exchange.giveBackBody();
      }
      endCall();
      Reference.reachabilityFence(this);
    }
  }

  /** The rest is not worth reading where it costs others nothing to reset the stream. */
  private void closeStream(boolean alone) throws IOException {
    if (!Repeatable.isElsewhere(answer.code())) {
      exchange.endsAlone();
    }
    exchange.traces.leavesRest();
    if (alone) {
      closeDelegate();
    }
    giveBack(call.cut() == null && exchange.traces.bodyEnded());
  }

  private void closeDelegate() throws IOException {
    try {
      super.close();
    } catch (RuntimeException e) {
      Log.CALL.debug(
          "OkHttp could not close the body of {}", call, Scrubbed.of(e)); // its lease is over
    }
  }

  private boolean drain() {
    return Rest.drain(exchange, delegate(), answer.body().contentLength() - decoded);
  }

  /** Closes the body of an answer that nobody will see. */
  void discard() {
    try {
      close();
    } catch (IOException e) {
      Log.RETRY.debug("closing a discarded answer failed", Scrubbed.io(e));
    }
  }

  /** Hands the body to the user: its end is the end of the call. */
  void handOut() {
    endsCall = true;
    call.handedOut = true;
    if (over || call.cut() != null) {
      call.end(null);
    } else {
      call.watchBy(new ForgottenResponse(this, call));
    }
  }

  /**
   * Takes the body away: whoever kept it past its time reads what was read ahead and this reason.
   * To clear that is not for us: another thread may be reading it, and okio would give the memory
   * that both let go of to two others, who read each other's bytes.
   */
  void take(String reason) {
    discard();
    taken = reason;
  }
}
