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

/** One attempt on one connection. */
final class Exchange {
  final CallEntry call;
  final Carrier carrier;
  final Passage passage;

  /** What this attempt sends: the request of the call with what belongs to the attempt. */
  final Request request;

  /** Written by the thread of the exchange before it hands out the answer; read by reports. */
  private volatile @Nullable Duration retryAfter;

  final Traces traces;
  final HeadWait wait;

  /** Set by its thread before the lease goes back: see {@link #endsAlone}. */
  private volatile boolean endsAlone;

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
    carrier = lease.carrier();
    passage = lease.passage();
    wait = new HeadWait(bounds.time(), call.deadline.now());
    this.request = OneShot.unlessIdempotent(request, call.idempotent);
    long wireBytes = call.idle == null ? bounds.wireBytes() : Allowance.NONE;
    traces = new Traces(this.request, carrier, wireBytes);
  }

  /**
   * @throws IOException what the network, or the user's code, threw; when it was overdue, that the
   *     connection was closed
   */
  Response run() throws IOException {
    try {
      Response answer = proceed();
      if (!wait.end()) {
        closeUnread(answer);
        throw failedBelow(Guard.closed());
      }
      retryAfter = RetryAfter.of(answer.headers());
      return answer;
    } finally {
      boolean unused = wait.end();
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
    traces.headBegins(mark);
    call.phase = Phase.REQUEST;
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
    traces.wasRefused(unprocessed);
  }

  /** What an interceptor throws when its connection was taken from it is not its own. */
  boolean isOfNetwork(IOException failure) {
    return failure == below || wait.isOverdue();
  }

  /** The request of an answer as its owner knows it, whose body can be written again. */
  Request asked(Request sent) {
    return sent == request ? call.request : OneShot.unwrap(sent, request, call.request);
  }

  boolean hasBegunBody() {
    return request.body() instanceof OneShot body && body.hasBegun();
  }

  /** How long the server wants to be left alone; null when it does not say so. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
