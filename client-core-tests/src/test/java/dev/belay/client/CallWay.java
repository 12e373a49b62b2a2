package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The ways to make a call, each down to the text of its answer. */
enum CallWay {
  SEND {
    @Override
    void run(CallStart start, CompletableFuture<String> ending) {
      start
          .threads()
          .execute(
              () -> complete(ending, () -> start.client().send(start.request(), Answers.text())));
    }
  },
  OPEN {
    @Override
    void run(CallStart start, CompletableFuture<String> ending) {
      start.threads().execute(() -> complete(ending, () -> openAndRead(start)));
    }

    private static String openAndRead(CallStart start) throws IOException {
      try (Response response = start.client().open(start.request())) {
        return response.body().string();
      }
    }
  },

  /** Reads only after the client was closed. */
  HOLD {
    @Override
    void run(CallStart start, CompletableFuture<String> ending) {
      start.threads().execute(() -> complete(ending, () -> openAndHold(start)));
    }

    private static String openAndHold(CallStart start) throws Exception {
      try (Response response = start.client().open(start.request())) {
        start.closed().await();
        return response.body().string();
      }
    }
  },
  ASYNC {
    @Override
    void run(CallStart start, CompletableFuture<String> ending) {
      CompletableFuture<String> future = start.client().sendAsync(start.request(), Answers.text());
      var unused = future.whenComplete((text, failure) -> settle(ending, text, failure));
    }
  },
  ENQUEUE {
    @Override
    void run(CallStart start, CompletableFuture<String> ending) {
      start.client().newCall(start.request()).enqueue(new Reading(ending));
    }
  };

  /** What a way begins with. */
  record CallStart(BelayClient client, Request request, Executor threads, CountDownLatch closed) {}

  abstract void run(CallStart start, CompletableFuture<String> ending);

  /** Begins a call, without blocking. */
  CompletableFuture<String> begin(CallStart start) {
    CompletableFuture<String> ending = new CompletableFuture<>();
    run(start, ending);
    return ending;
  }

  @FunctionalInterface
  private interface Reader {
    String get() throws Exception;
  }

  private static void complete(CompletableFuture<String> ending, Reader text) {
    try {
      boolean unused = ending.complete(text.get());
    } catch (Throwable e) {
      boolean unused = ending.completeExceptionally(e);
    }
  }

  private static void settle(
      CompletableFuture<String> ending, String text, @Nullable Throwable failure) {
    boolean unused =
        failure == null ? ending.complete(text) : ending.completeExceptionally(failure);
  }

  record Reading(CompletableFuture<String> ending) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      boolean unused = ending.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        complete(ending, () -> response.body().string());
      }
    }
  }
}
