package compile;

import dev.belay.client.BelayClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;

/** Wrong: nobody closes the response in the future. */
final class DroppedFuture {
  static int run(BelayClient client, Request request) {
    CompletableFuture<Response> future = new CompletableFuture<>();
    client.newCall(request).enqueue(new Completion(future));
    return future.thenApply(Response::code).join();
  }

  record Completion(CompletableFuture<Response> future) implements Callback {
    @Override
    public void onResponse(Call call, Response response) {
      future.complete(response);
    }

    @Override
    public void onFailure(Call call, IOException e) {
      future.completeExceptionally(e);
    }
  }
}
