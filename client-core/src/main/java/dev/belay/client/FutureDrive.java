package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** An asynchronous call whose handled answer completes a future. */
final class FutureDrive<T extends @Nullable Object> extends AsyncDrive {
  /** The one that looks for a cancel. */
  private static final int OWN_DEPENDENTS = 1;

  private final ClientState client;
  private final ResponseHandler<T> handler;
  private final CompletableFuture<T> future = new CompletableFuture<>();

  /** Written before the drive can be found in its scope. */
  private @Nullable CallEntry entry;

  /** Written before we complete the future, by the thread that does; then no cut is needed. */
  private volatile boolean completing;

  FutureDrive(ClientState client, ResponseHandler<T> handler) {
    super(client);
    this.client = client;
    this.handler = handler;
  }

  CompletableFuture<T> begin(Request request, CallOptions options, @Nullable BelayCall as) {
    Throwable place = Tracking.ofCall(client.pool.settings.tracking());
    CallEntry call;
    try {
      call = client.begin(request, options, this, place, as);
    } catch (CallFailedException e) {
      future.completeExceptionally(e);
      return future;
    }
    var unused =
        future.whenComplete(
            (value, failure) -> {
              if (!completing) {
                boolean unusedToo = call.cut(new Cut.Cancelled("cancelled"));
              }
            });
    if (client.node.isScope()) {
      entry = call;
      client.pool.scoped.add(this);
    }
    start(client.wayOf(call), call);
    return future;
  }

  /** Whether a close of this node, or a join, waits for the future: not in its own handler. */
  boolean isAwaitedBy(Node scope) {
    CallEntry own = entry;
    return client.node.isWithin(scope) && (own == null || !Running.isIn(own));
  }

  /** Waits for the future, whatever it brings. */
  void join(long nanos) throws InterruptedException {
    try {
      Object unused = future.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      Log.CALL.trace("joined", e); // its owner has the future, and sees it there
    }
  }

  /** The connection goes back before the future completes: what depends on it may want one. */
  @Override
  void answered(CallEntry call, Response answer) {
    Runnable completion;
    IOException failure = null;
    try {
      T value = client.read(call, answer, handler);
      completion = () -> future.complete(value);
    } catch (Throwable e) {
      failure = Failures.asIo(e);
      completion = () -> future.completeExceptionally(e);
    }
    end(call, failure, completion);
  }

  /**
   * Elsewhere, if somebody listens for the end: the connection may be the next call's by then, and
   * its thread with it.
   */
  private void end(CallEntry call, @Nullable IOException failure, Runnable completion) {
    if (call.events.isHeard()) {
      callBack(
          () -> {
            call.end(failure);
            completing = true;
            settle(completion);
          });
    } else {
      call.end(failure);
      complete(completion);
    }
  }

  @Override
  public boolean keepsConnection() {
    return true;
  }

  @Override
  void failed(CallEntry call, Throwable failure) {
    completing = true;
    try {
      call.end(Failures.asIo(failure));
    } finally {
      settle(() -> future.completeExceptionally(failure));
    }
  }

  /** Here if that runs nothing of the user's, who may block as long as he likes elsewhere. */
  private void complete(Runnable completion) {
    completing = true;
    if (future.getNumberOfDependents() <= OWN_DEPENDENTS) {
      settle(completion);
    } else {
      callBack(() -> settle(completion));
    }
  }

  private void settle(Runnable completion) {
    completion.run();
    client.pool.scoped.remove(this);
  }
}
