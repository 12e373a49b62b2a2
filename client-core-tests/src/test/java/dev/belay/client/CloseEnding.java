package dev.belay.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What became of one call; without a failure it was answered. */
record CloseEnding(int call, @Nullable Throwable failure) {
  static CloseEnding of(int call, CompletableFuture<String> future)
      throws InterruptedException, TimeoutException {
    try {
      String unused = future.get(1, TimeUnit.SECONDS);
      return new CloseEnding(call, null);
    } catch (ExecutionException e) {
      return new CloseEnding(call, e.getCause());
    }
  }

  boolean isTyped() {
    return failure == null || failure instanceof CallFailedException;
  }

  boolean is(Outcome outcome) {
    return failure instanceof CallFailedException typed && typed.outcome() == outcome;
  }

  boolean isIn(CloseMoment moment) {
    return failure instanceof ClosedException closed && moment.has(closed.phase());
  }

  String kind() {
    if (failure instanceof CallFailedException typed) {
      String type = typed.getClass().getSimpleName().replace("Exception", "");
      return type + " " + typed.outcome();
    }
    return failure == null ? "answered" : failure.getClass().getSimpleName();
  }
}
