package dev.belay.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;

/** The ways to make a call, with the code of users' that each runs besides that of all calls. */
enum ContextWay {
  SEND(true, "handler") {
    @Override
    CompletableFuture<String> run(Caller client, Request request, Sightings code)
        throws IOException {
      return CompletableFuture.completedFuture(client.send(request, code.handler()));
    }
  },
  OPEN(true, "callEnd") {
    @Override
    CompletableFuture<String> run(Caller client, Request request, Sightings code)
        throws IOException {
      try (Response response = client.open(request)) {
        return CompletableFuture.completedFuture(response.body().string());
      }
    }
  },
  EXECUTE(true, "callEnd") {
    @Override
    CompletableFuture<String> run(Caller client, Request request, Sightings code)
        throws IOException {
      try (Response response = client.newCall(request).execute()) {
        return CompletableFuture.completedFuture(response.body().string());
      }
    }
  },
  ASYNC(false, "handler dependent") {
    @Override
    CompletableFuture<String> run(Caller client, Request request, Sightings code) {
      return code.dependentOf(client.sendAsync(request, code.handler()));
    }
  },
  ENQUEUE(false, "callback") {
    @Override
    CompletableFuture<String> run(Caller client, Request request, Sightings code) {
      CompletableFuture<String> ending = new CompletableFuture<>();
      Call call = client.newCall(request);
      call.enqueue(code.callback(ending));
      return ending;
    }
  };

  /** Whether the caller's thread does all. */
  final boolean waits;

  private final String ownCode;

  ContextWay(boolean waits, String ownCode) {
    this.waits = waits;
    this.ownCode = ownCode;
  }

  List<String> ownCode() {
    return List.of(ownCode.split(" ", -1));
  }

  abstract CompletableFuture<String> run(Caller client, Request request, Sightings code)
      throws IOException;
}
