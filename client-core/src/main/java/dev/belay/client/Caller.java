package dev.belay.client;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.checkerframework.checker.mustcall.qual.Owning;
import org.jspecify.annotations.Nullable;

/**
 * What calls are made through: a {@link BelayClient}, or a {@link CallScope} that ends earlier.
 *
 * <p>{@link #send} is the way to use it: the answer is read by a handler and closed when that
 * returns, so there is nothing to leak. Each call has a deadline, 30 s unless the client or the
 * call says otherwise. Once this is closed, every way to call fails with a {@link ClosedException}.
 *
 * <p>Safe for use by several threads. Whoever builds a client or opens a scope closes it.
 */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public abstract sealed class Caller implements Call.Factory, Closeable
    permits BelayClient, CallScope {
  final ClientState state;

  Caller(ClientState state) {
    this.state = state;
  }

  /**
   * Sends a request and returns what the handler makes of the answer. Blocks up to the deadline,
   * and for as long as the handler takes.
   *
   * <p>The answer is closed when the handler returns or throws. An interrupt ends a wait for
   * admission, for a connection or between attempts at once, with a {@link CancelledException}, and
   * the flag stays set; it does not wake a platform thread that reads from or writes to a socket.
   *
   * @param <T> what the answer is turned into
   * @param request what to send
   * @param handler called once, on this thread, with any status; see {@link Answers}
   * @return the value of the handler
   * @throws CallFailedException if there is no answer, or it cannot be read
   * @throws IOException the handler's, an interceptor's or a request body's own, as it is
   * @throws IllegalArgumentException if the URL has a user name, or a header a line break; the
   *     message names the place and not the value
   */
  public <T extends @Nullable Object> T send(Request request, ResponseHandler<T> handler)
      throws IOException {
    return send(request, handler, optionsOf(request));
  }

  /**
   * Like {@link #send(Request, ResponseHandler)}, with options for this call.
   *
   * @param <T> what the answer is turned into
   * @param request what to send
   * @param handler called once, on this thread, with any status
   * @param options what this call wants otherwise than the client; a tag of the request is not
   *     looked at
   * @return the value of the handler
   * @throws CallFailedException if there is no answer, or it cannot be read
   * @throws IOException the handler's, an interceptor's or a request body's own, as it is
   * @throws IllegalArgumentException if the URL has a user name, or a header a line break; the
   *     message names the place and not the value
   */
  public <T extends @Nullable Object> T send(
      Request request, ResponseHandler<T> handler, CallOptions options) throws IOException {
    Objects.requireNonNull(handler, "handler");
    Throwable place = Tracking.ofCall(state.pool.settings.tracking());
    CallEntry call = state.begin(request, options, new ThreadWaker(), place, callFor(request));
    return state.handle(call, state.drive(call), handler);
  }

  /**
   * Like {@link #send(Request, ResponseHandler)}, without blocking.
   *
   * <p>While it waits, the call is a queue entry and not a thread. The handler runs on a thread of
   * the pool and may block. Cancelling the future cancels the call and closes its connection.
   *
   * @param <T> what the answer is turned into
   * @param request what to send
   * @param handler called at most once, on a thread of the pool
   * @return a future that holds nothing to close; completed with the handler's value, with a {@link
   *     CallFailedException}, or with what the handler threw
   * @throws IllegalArgumentException if the URL has a user name, or a header a line break; the
   *     message names the place and not the value
   */
  public <T extends @Nullable Object> CompletableFuture<T> sendAsync(
      Request request, ResponseHandler<T> handler) {
    return sendAsync(request, handler, optionsOf(request));
  }

  /**
   * Like {@link #sendAsync(Request, ResponseHandler)}, with options for this call.
   *
   * @param <T> what the answer is turned into
   * @param request what to send
   * @param handler called at most once, on a thread of the pool
   * @param options what this call wants otherwise than the client; a tag of the request is not
   *     looked at
   * @return completed with the handler's value, with a {@link CallFailedException}, or with what
   *     the handler threw
   * @throws IllegalArgumentException if the URL has a user name, or a header a line break; the
   *     message names the place and not the value
   */
  public <T extends @Nullable Object> CompletableFuture<T> sendAsync(
      Request request, ResponseHandler<T> handler, CallOptions options) {
    FutureDrive<T> drive = new FutureDrive<>(state, Objects.requireNonNull(handler, "handler"));
    return drive.begin(request, options, callFor(request));
  }

  /**
   * Sends a request and hands out the answer, which keeps its connection until it is closed. Blocks
   * up to the head of the answer, at most for the deadline, which covers the body too.
   *
   * <p>Prefer {@link #send}: this is for bodies that cannot be read in one place.
   *
   * @param request what to send
   * @return the answer with any status; the caller closes it; else its deadline takes it back, or
   *     the garbage collector when nobody can reach it any more
   * @throws CallFailedException if there is no answer
   * @throws IOException an interceptor's or a request body's own, as it is
   * @throws IllegalArgumentException if the URL has a user name, or a header a line break; the
   *     message names the place and not the value
   */
  @MustBeClosed
  public @Owning Response open(Request request) throws IOException {
    return open(request, optionsOf(request));
  }

  /**
   * Like {@link #open(Request)}, with options for this call.
   *
   * @param request what to send
   * @param options what this call wants otherwise than the client; a tag of the request is not
   *     looked at
   * @return the answer with any status; the caller closes it; else its deadline takes it back, or
   *     the garbage collector when nobody can reach it any more
   * @throws CallFailedException if there is no answer
   * @throws IOException an interceptor's or a request body's own, as it is
   * @throws IllegalArgumentException if the URL has a user name, or a header a line break; the
   *     message names the place and not the value
   */
  @MustBeClosed
  public @Owning Response open(Request request, CallOptions options) throws IOException {
    Throwable place = Tracking.ofOpen(state.pool.settings.tracking());
    CallEntry call = state.begin(request, options, new ThreadWaker(), place, callFor(request));
    return state.handOut(call, state.drive(call));
  }

  /**
   * A call for whoever wants OkHttp's own: Retrofit and others. It has the retry, the deadline, the
   * limits and the lease of this client or scope. Does not block; the call is entered when it
   * starts, and the response that it brings is closed by whoever gets it.
   *
   * @param request what to send, with {@link CallOptions} as a tag if wanted
   * @return a call that has not started
   */
  @Override
  public Call newCall(Request request) {
    return new BelayCall(state, Objects.requireNonNull(request, "request"));
  }

  /**
   * A scope below this one: its calls end before it does. Does not block, opens no socket and
   * starts no thread.
   *
   * @param name what reports and messages call it, not blank; need not be unique
   * @return a new scope, which the caller closes; one of something closed is closed as well, and
   *     its calls fail with what closed that
   * @throws IllegalArgumentException if the name is blank
   */
  @MustBeClosed
  public @Owning CallScope openScope(String name) {
    return new CallScope(state.scope(Check.notBlank(name, "name")));
  }

  private static CallOptions optionsOf(Request request) {
    CallOptions tagged = request.tag(CallOptions.class);
    return tagged == null ? CallOptions.defaults() : tagged;
  }

  /** Event listeners and interceptors are told of a call; without them nobody asks for it. */
  private @Nullable BelayCall callFor(Request request) {
    boolean asked =
        state.settings.events() != null || !state.settings.wiring().interceptors.isEmpty();
    return asked ? new BelayCall(state, request) : null;
  }

  /**
   * Closes this and everything below it.
   *
   * <p>Blocks until nothing of it is open, at most for the grace period and 200 ms: code of a user
   * that does not return by then is left to itself, without its connection. An interrupt ends the
   * grace period, and its flag stays set. Safe from any thread, also from inside a handler, whose
   * own call it does not wait for; a second close returns at once, even while the first still runs.
   *
   * @param grace how long running calls may finish; zero cuts them at once
   * @return what had to be done; of a second close, a report of nothing
   * @throws IllegalArgumentException if the grace period is negative
   */
  public CloseReport close(Duration grace) {
    return state.close(grace);
  }
}
