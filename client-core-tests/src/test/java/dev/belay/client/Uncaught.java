package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what no thread of this JVM caught, from its creation to its close. */
final class Uncaught implements Closeable {
  private final Thread.@Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final List<Throwable> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch any = new CountDownLatch(1);

  Uncaught() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          seen.add(e);
          any.countDown();
        });
  }

  /** Waits for it. */
  Throwable first() throws InterruptedException {
    assertThat(any.await(5, TimeUnit.SECONDS)).isTrue();
    return seen.get(0);
  }

  List<Throwable> seen() {
    return seen;
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
