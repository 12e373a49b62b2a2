package dev.belay.client;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How long the machine kept a thread waiting that had every right to run: what a bound on time has
 * to allow for where others use the same processors.
 */
final class Stalls implements Closeable {
  private static final long STEP = Duration.ofMillis(1).toNanos();

  /** What a timer is late anyway. */
  private static final long TOLERATED = Duration.ofMillis(5).toNanos();

  private final AtomicLong total = new AtomicLong();
  private final Thread meter = new Thread(this::measure, "stalls");

  /** Set by the close; read by the meter. */
  private volatile boolean closed;

  Stalls() {
    meter.setDaemon(true);
    meter.start();
  }

  private void measure() {
    long before = System.nanoTime();
    while (!closed) {
      LockSupport.parkNanos(STEP);
      long now = System.nanoTime();
      long late = now - before - STEP;
      if (late > TOLERATED) {
        total.addAndGet(late);
      }
      before = now;
    }
  }

  /** What an action returned, and how long it took without the stalls meanwhile. */
  record Timed<T>(T value, Duration took, Duration stalled) {}

  <T> Timed<T> time(Supplier<T> action) {
    long stalledBefore = total.get();
    long started = System.nanoTime();
    T value = action.get();
    long took = System.nanoTime() - started;
    long stalled = total.get() - stalledBefore;
    return new Timed<>(value, Duration.ofNanos(took - stalled), Duration.ofNanos(stalled));
  }

  @Override
  public void close() {
    closed = true;
  }
}
