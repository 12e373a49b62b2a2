package dev.belay.client;

import java.util.concurrent.CompletableFuture;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** An asynchronous call whose handled answer completes a future. */
final class FutureDrive<T extends @Nullable Object> extends AsyncDrive {
  private final ClientState client;
  private final ResponseHandler<T> handler;
  private final CompletableFuture<T> future = new CompletableFuture<>();

  FutureDrive(ClientState client, ResponseHandler<T> handler) {
    super(client.pool.workers);
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
              if (future.isCancelled()) {
                boolean unusedToo = call.cut(new Cut.Cancelled("cancelled"));
              }
            });
    start(client.way(), call);
    return future;
  }

  /** The connection goes back before the future completes: what depends on it may want one. */
  @Override
  void answered(CallEntry call, Response answer) {
    T value;
    try {
      value = client.handle(call, answer, handler);
    } catch (Throwable e) {
      future.completeExceptionally(e);
      return;
    }
    future.complete(value);
  }

  @Override
  void failed(CallEntry call, Throwable failure) {
    call.end(failure instanceof java.io.IOException io ? io : new java.io.IOException(failure));
    future.completeExceptionally(failure);
  }
}
