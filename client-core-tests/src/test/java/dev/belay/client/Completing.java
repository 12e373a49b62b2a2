package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** A callback whose future gets the text of the answer, or the failure. */
record Completing(CompletableFuture<String> text) implements Callback {
  @Override
  public void onFailure(Call call, IOException e) {
    text.completeExceptionally(e);
  }

  @Override
  public void onResponse(Call call, Response response) throws IOException {
    try (response) {
      text.complete(response.body().string());
    }
  }
}
