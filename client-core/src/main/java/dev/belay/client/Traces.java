package dev.belay.client;

import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What one attempt leaves on the wire, and what comes back: the evidence for its outcome. */
final class Traces {
  /** OkHttp's limit, which is no setting. Nothing in what it throws tells that it was reached. */
  static final long LONGEST_HEAD = 256 * 1024;

  private final Request request;
  private final Carrier carrier;

  /** How long its answer may be on the wire. */
  private final long wireBytes;

  /** Written by the thread of the exchange when the head of the request begins; read by reports. */
  private volatile TrackedSocket.@Nullable Mark begun;

  /** The socket that may bring so much for it; taken by the one who takes that back. */
  private final AtomicReference<@Nullable TrackedSocket> expecting = new AtomicReference<>();

  /** Written like {@link #begun}, before it: an interceptor had sent the request before. */
  private volatile boolean sentBefore;

  /** Written by the thread of the exchange; read by reports. 0 until a status line arrived. */
  private volatile int status;

  /** Written by the thread that reads the body; read by the thread of a dead connection too. */
  private volatile boolean bodyEnded;

  /** Written by whoever closes the body, before the connection goes back. */
  private volatile boolean restLeft;

  /** Written by its thread: the server said that it did not look at the request. */
  private volatile boolean refused;

  /** Written by its thread: the request was not written to its end. */
  private volatile boolean brokenOff;

  Traces(Request request, Carrier carrier, long wireBytes) {
    this.request = request;
    this.carrier = carrier;
    this.wireBytes = wireBytes;
  }

  // Events, on the thread of the exchange.

  void headBegins(TrackedSocket.@Nullable Mark mark) {
    sentBefore = mayHaveBeenSent(); // an interceptor may try again on HTTP/2, after a time-out
    begun = mark;
    if (mark != null && expecting.compareAndSet(null, mark.socket())) {
      mark.socket().allowance.begin(wireBytes);
    }
    bodyEnded = false; // an interceptor may have had an answer to an earlier head
  }

  void requestBreaksOff() {
    brokenOff = true;
  }

  void answerBegins(int code) {
    status = code;
  }

  void bodyEnds() {
    bodyEnded = true;
  }

  /** Its reader closes it; OkHttp will say that it has ended, and on HTTP/2 the rest may come. */
  void leavesRest() {
    restLeft = !bodyEnded;
  }

  void wasRefused(boolean unprocessed) {
    refused = unprocessed;
  }

  /** Nothing more is to come for it; called by whoever gives the connection back. */
  void expectsNothing() {
    TrackedSocket socket = expecting.getAndSet(null);
    if (socket != null) {
      socket.allowance.end(wireBytes, bodyEnded && !restLeft);
    }
  }

  // Evidence.

  /**
   * Whether the answer that has come may be one to the request. Bytes behind the answer to an
   * earlier one, which OkHttp had read with it, would be taken for it.
   */
  boolean hasHeard() {
    TrackedSocket.Mark mark = begun;
    return mark == null || mark.hasRead();
  }

  long wireBytes() {
    return wireBytes;
  }

  /** Whether its connection brought more than may come. */
  boolean wasFlooded() {
    TrackedSocket.Mark mark = begun;
    return mark != null && mark.socket().wasFlooded();
  }

  /** Whether a head was read in vain that is as long as OkHttp reads any. */
  boolean hadEndlessHead() {
    TrackedSocket.Mark mark = begun;
    return status == 0
        && mark != null
        && !carrier.isMultiplexed()
        && mark.hasReceived() >= LONGEST_HEAD;
  }

  /** Whether the server answered although it has not got the whole request. */
  boolean hasBrokenOff() {
    return brokenOff;
  }

  boolean bodyEnded() {
    return bodyEnded;
  }

  int status() {
    return status;
  }

  boolean wasRefused() {
    return refused;
  }

  /**
   * True unless it is proven that no byte of the request was written, or none looked at. Nobody can
   * act on a part of a head, and without a body the head is all.
   */
  boolean mayHaveBeenSent() {
    TrackedSocket.Mark mark = begun;
    return status != 0
        || sentBefore
        || (mark != null
            && !refused
            && (request.body() == null ? mark.hasWrittenWhole() : mark.hasWritten()));
  }
}
