package dev.belay.client;

import java.util.Objects;
import okhttp3.Call;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One call of OkHttp on a connection, and the exchange that it carries at the moment. The parked
 * call of a connection carries one after another; on HTTP/2 others come beside it, for one exchange
 * each.
 */
final class Passage {
  /** Written by the thread that makes it, before it runs; read by whoever cancels. */
  private volatile @Nullable Call call;

  /** The exchange that owns the events; written by its thread before it begins. */
  private volatile @Nullable Exchange exchange;

  /** Moved to true once, by whoever cancels. */
  private volatile boolean cancelled;

  /** The one that a call of OkHttp was made for. */
  static Passage of(Call call) {
    return Objects.requireNonNull(call.request().tag(Passage.class), "a call of another client");
  }

  /** The request to make the call with; no interceptor gets to see it. */
  Request tagged(Request request) {
    return request.newBuilder().tag(Passage.class, this).build();
  }

  /** Looks for a cancel afterwards, so either this sees it or whoever cancels sees the call. */
  void madeBy(Call made) {
    call = made;
    if (cancelled) {
      made.cancel();
    }
  }

  void begins(Exchange next) {
    exchange = next;
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  /** Nothing more is to come for its exchange. */
  void expectsNothing() {
    Exchange last = exchange;
    if (last != null) {
      last.traces.expectsNothing();
    }
  }

  /** The exchange is over: an idle connection keeps neither its request nor its result. */
  void forgetExchange() {
    Exchange last = exchange;
    exchange = null;
    if (last != null && last.request.body() instanceof OneShot body) {
      body.forget(); // OkHttp keeps the request until the next one
    }
  }

  /** Ends its exchange, and on HTTP/2 no other. Nothing is sent through it afterwards. */
  void cancel() {
    cancelled = true;
    Call made = call;
    if (made != null) {
      made.cancel();
    }
  }

  /** Whoever reads the answer closes what OkHttp holds of it, or else this does. */
  void leaveBodyBehind() {
    Exchange last = exchange;
    if (last != null) {
      last.leaveBodyBehind();
    }
  }
}
