package dev.belay.client;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what no thread of this JVM caught, from its creation to its close. */
final class Uncaught implements Closeable {
  private final Thread.@Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final List<Throwable> seen = new CopyOnWriteArrayList<>();

  Uncaught() {
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> seen.add(e));
  }

  List<Throwable> seen() {
    return seen;
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
