package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** One attempt on one connection, and the evidence that it leaves behind. */
final class Exchange {
  /** OkHttp's limit, which is no setting. Nothing in what it throws tells that it was reached. */
  static final long LONGEST_HEAD = 256 * 1024;

  final CallEntry call;
  final Carrier carrier;
  final Passage passage;

  /** What this attempt sends: the request of the call with what belongs to the attempt. */
  final Request request;

  /** Written by the thread of the exchange when the head of the request begins; read by reports. */
  private volatile TrackedSocket.@Nullable Mark begun;

  /** How long its answer may be on the wire. */
  private final long wireBytes;

  /** The socket that may bring so much for it; taken by the one who takes that back. */
  private final AtomicReference<@Nullable TrackedSocket> expecting = new AtomicReference<>();

  /** Written like {@link #begun}, before it: an interceptor had sent the request before. */
  private volatile boolean sentBefore;

  /** Written by the thread of the exchange; read by reports. 0 until a status line arrived. */
  private volatile int status;

  /** Written by the thread that reads the body; read by the thread of a dead connection too. */
  private volatile boolean bodyEnded;

  /** Written by the thread of the exchange before it hands out the answer; read by reports. */
  private volatile @Nullable Duration retryAfter;

  /** How long it may take up to the head of the answer. */
  final Duration time;

  /** When it is overdue, by the clock of the pool. */
  final long endsBy;

  /** What became of the wait for the head of the answer: whoever moves it decides, once. */
  private final AtomicReference<Head> head = new AtomicReference<>(Head.AWAITED);

  private enum Head {
    AWAITED,
    /** It is here, or will never come. */
    DECIDED,
    OVERDUE
  }

  /** Set by its thread before the lease goes back: see {@link #endsAlone}. */
  private volatile boolean endsAlone;

  /** Written by its thread: the server said that it did not look at the request. */
  private volatile boolean refused;

  /** Written by its thread: the request was not written to its end. */
  private volatile boolean brokenOff;

  /** Written by the thread of the exchange before it hands out the answer, or is done. */
  private volatile @Nullable OpenBody body;

  /**
   * The connection whose acquisition listeners heard of; taken by the one who tells its release.
   */
  private final AtomicReference<@Nullable Connection> acquired = new AtomicReference<>();

  /**
   * Written and read by the thread of the exchange: what the network, and no interceptor, threw.
   */
  private @Nullable IOException below;

  /** Written and read by its thread: what code of the user's threw, and the network did not. */
  private @Nullable IOException own;

  /**
   * @throws IOException the user's own, of a body that cannot tell its length
   */
  Exchange(CallEntry call, Lease lease, Request request, Bounds bounds) throws IOException {
    this.call = call;
    wireBytes = call.idle == null ? bounds.wireBytes() : Allowance.NONE;

    carrier = lease.carrier();
    passage = lease.passage();
    time = bounds.time();
    endsBy = call.deadline.now() + time.toNanos();
    this.request = OneShot.unlessIdempotent(request, call.idempotent);
  }

  /**
   * @throws IOException what the network, or the user's code, threw; when it was overdue, that the
   *     connection was closed
   */
  Response run() throws IOException {
    try {
      Response answer = proceed();
      if (!head.compareAndSet(Head.AWAITED, Head.DECIDED)) {
        closeUnread(answer);
        throw failedBelow(Guard.closed());
      }
      retryAfter = RetryAfter.of(answer.headers());
      return answer;
    } finally {
      boolean unused = head.compareAndSet(Head.AWAITED, Head.DECIDED);
    }
  }

  /** Whoever closed its connection may close it as well. */
  private void closeUnread(Response answer) {
    if (takeBody()) {
      try {
        answer.close();
      } finally {
        giveBackBody();
      }
    }
  }

  /**
   * What one attempt may take.
   *
   * @param time up to the head of the answer
   * @param wireBytes of the answer of anything but a stream
   */
  record Bounds(Duration time, long wireBytes) {}

  /** A stream has its own limit of silence. */
  Interceptor.Chain timed(Interceptor.Chain chain) {
    Duration idle = call.idle;
    if (idle == null) {
      return chain;
    }
    long millis = Math.min(Integer.MAX_VALUE, idle.plusNanos(999_999).toMillis());
    return chain.withReadTimeout((int) millis, TimeUnit.MILLISECONDS);
  }

  // The housekeeper, when it is over the time of one attempt.

  boolean isAwaited() {
    return head.get() == Head.AWAITED;
  }

  /** True for the one who has to close its connection. */
  boolean expire() {
    return head.compareAndSet(Head.AWAITED, Head.OVERDUE);
  }

  boolean isOverdue() {
    return head.get() == Head.OVERDUE;
  }

  /** Interceptors, listeners and request bodies are code of the call. */
  private Response proceed() throws IOException {
    CallEntry before = Running.enter(call);
    try {
      return carrier.proceed(this);
    } finally {
      Running.leave(before);
    }
  }

  // The body. An answer that an interceptor made up has none that matters.

  void opened(ResponseBody opened) {
    body = new OpenBody(opened, this);
  }

  /** Whoever takes it has it to himself until he gives it back. */
  boolean takeBody() {
    OpenBody opened = body;
    return opened == null || opened.take();
  }

  void giveBackBody() {
    OpenBody opened = body;
    if (opened != null) {
      opened.giveBack();
    }
  }

  void leaveBodyBehind() {
    OpenBody opened = body;
    if (opened != null) {
      opened.leaveBehind();
    }
  }

  // Events, on the thread of the exchange.

  void acquired(Connection connection) {
    if (call.events.isHeard() && acquired.compareAndSet(null, connection)) {
      call.events.tell((l, c) -> l.connectionAcquired(c, connection));
    }
  }

  /** Whoever gives the connection back; OkHttp sees no end of it while its call is parked. */
  void released() {
    Connection connection = acquired.getAndSet(null);
    if (connection != null) {
      call.events.tell((l, c) -> l.connectionReleased(c, connection));
    }
  }

  void headBegins(TrackedSocket.@Nullable Mark mark) {
    Connection reused = carrier.connection();
    if (reused != null) {
      acquired(reused); // no news to OkHttp, which gave it to the parked call long ago
    }
    sentBefore = mayHaveBeenSent(); // an interceptor may try again on HTTP/2, after a time-out
    begun = mark;
    if (mark != null && expecting.compareAndSet(null, mark.socket())) {
      mark.socket().allowance.begin(wireBytes);
    }
    bodyEnded = false; // an interceptor may have had an answer to an earlier head
    call.phase = Phase.REQUEST;
  }

  /** Nothing more is to come for it. */
  void expectsNothing() {
    TrackedSocket socket = expecting.getAndSet(null);
    if (socket != null) {
      socket.allowance.end(wireBytes);
    }
  }

  void requestBreaksOff() {
    brokenOff = true;
  }

  /** Whether the server answered although it has not got the whole request. */
  boolean hasBrokenOff() {
    return brokenOff;
  }

  void answerBegins(int code) {
    status = code;
  }

  void bodyEnds() {
    bodyEnded = true;
  }

  <E extends IOException> E failedBelow(E failure) {
    below = failure;
    return failure;
  }

  boolean isShownToInterceptors() {
    return !call.route.wiring().interceptors.isEmpty();
  }

  /** Code of the user's ended it, and not the network. */
  void endsWith(IOException users) {
    own = users;
    endsAlone();
  }

  /** Whether it is for the caller as it is, even if it is the failure of another call. */
  boolean isOwn(IOException failure) {
    return failure == own;
  }

  /** What ends it has nothing to do with the connection, which on HTTP/2 goes on for others. */
  void endsAlone() {
    endsAlone = true;
  }

  boolean endedAlone() {
    return endsAlone;
  }

  /** The stream was reset: that ends this exchange and no other. */
  void wasReset(boolean unprocessed) {
    endsAlone = true;
    refused = unprocessed;
  }

  /** What an interceptor throws when its connection was taken from it is not its own. */
  boolean isOfNetwork(IOException failure) {
    return failure == below || isOverdue();
  }

  /** The request of an answer as its owner knows it, whose body can be written again. */
  Request asked(Request sent) {
    return sent == request ? call.request : OneShot.unwrap(sent, request, call.request);
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

  /** Whether a head was read in vain that is as long as OkHttp reads any (256 KiB). */
  boolean hadEndlessHead() {
    TrackedSocket.Mark mark = begun;
    return status == 0
        && mark != null
        && !carrier.isMultiplexed()
        && mark.hasReceived() >= LONGEST_HEAD;
  }

  boolean bodyEnded() {
    return bodyEnded;
  }

  int status() {
    return status;
  }

  boolean hasBegunBody() {
    return request.body() instanceof OneShot body && body.hasBegun();
  }

  boolean wasRefused() {
    return refused;
  }

  /** How long the server wants to be left alone; null when it does not say so. */
  @Nullable Duration retryAfter() {
    return retryAfter;
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
