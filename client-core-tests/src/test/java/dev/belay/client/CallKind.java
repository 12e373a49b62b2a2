package dev.belay.client;

import java.io.Closeable;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Whose calls are tried: OkHttp's say what its users expect, and ours have to do the same. */
enum CallKind {
  OKHTTP {
    @Override
    Calls start() {
      OkHttpClient bare = new OkHttpClient();
      return new Calls(bare, () -> end(bare));
    }
  },
  BELAY {
    @Override
    Calls start() {
      BelayClient client = BelayClient.builder().retry(RetryPolicy.none()).build();
      return new Calls(client, client);
    }
  };

  abstract Calls start();

  private static void end(OkHttpClient bare) {
    bare.dispatcher().executorService().shutdown();
    bare.connectionPool().evictAll();
  }

  /** A client, with its end. */
  record Calls(Call.Factory factory, Closeable end) implements Call.Factory, Closeable {
    @Override
    public Call newCall(Request request) {
      return factory.newCall(request);
    }

    @Override
    public void close() throws IOException {
      end.close();
    }
  }
}
