package dev.belay.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the listener of a pool what opens and closes, on a thread that nobody waits for. */
final class Lifecycle {
  private static final int MOST_WAITING = 65_536;
  private static final long LINGER_MILLIS = 1_000;

  private final @Nullable LifecycleListener listener;
  private final String name;
  private final BlockingQueue<Consumer<LifecycleListener>> events =
      new LinkedBlockingQueue<>(MOST_WAITING);

  /** Raised by whoever finds the queue full, taken by the thread before its next event. */
  private final AtomicLong missed = new AtomicLong();

  /** Set by whoever starts the thread; cleared by the thread before its last look at the queue. */
  private final AtomicBoolean running = new AtomicBoolean();

  /** The last to be started; written before its start by the one who set {@link #running}. */
  private volatile @Nullable Thread thread;

  /** Written by the close of the pool, once; then the thread does not wait for more. */
  private volatile boolean closed;

  Lifecycle(@Nullable LifecycleListener listener, String name) {
    this.listener = listener;
    this.name = name;
  }

  /** Something that holds nothing yet, such as a client: told when the first call is. */
  void built(Supplier<Holder> what) {
    if (listener != null) {
      Holder holder = what.get();
      add(to -> to.opened(holder));
    }
  }

  void opened(Supplier<Holder> what) {
    built(what);
    start();
  }

  void closed(Supplier<Holder> what) {
    if (listener != null) {
      Holder holder = what.get();
      add(to -> to.closed(holder));
      start();
    }
  }

  void forgotten(Holder what) {
    if (listener != null) {
      add(to -> to.forgotten(what));
      start();
    }
  }

  private void add(Consumer<LifecycleListener> event) {
    if (!events.offer(event)) {
      missed.incrementAndGet();
    }
  }

  private void start() {
    if (listener != null && !running.get() && running.compareAndSet(false, true)) {
      startThread();
    }
  }

  /** Where no thread can be had the events wait: a listener must not cost a call. */
  private void startThread() {
    try {
      Thread next = Threads.daemon(this::tellAll, "belay-listener " + name);
      thread = next;
      next.start();
    } catch (RuntimeException | Error e) {
      running.set(false);
      Log.CALL.warn("no thread for the lifecycle listener of {}", name, e);
    }
  }

  private void tellAll() {
    boolean more = true;
    while (more) {
      tellWaiting();
      running.set(false);
      more = !events.isEmpty() && running.compareAndSet(false, true);
    }
  }

  private void tellWaiting() {
    try {
      Consumer<LifecycleListener> event = next();
      while (event != null) {
        tell(event);
        event = next();
      }
    } catch (InterruptedException e) {
      Log.CALL.debug("a listener interrupted its own thread, which ends", e);
    }
  }

  private @Nullable Consumer<LifecycleListener> next() throws InterruptedException {
    return closed ? events.poll() : events.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tell(Consumer<LifecycleListener> event) {
    LifecycleListener told = listener;
    if (told == null) {
      return;
    }
    try {
      long dropped = missed.getAndSet(0);
      if (dropped > 0) {
        told.missed(dropped);
      }
      event.accept(told);
    } catch (RuntimeException | Error e) {
      Log.CALL.warn("a lifecycle listener failed", e);
    }
  }

  /** What is left is told. Returns the thread that does it, unless that is the one which closes. */
  @Nullable Thread close() {
    closed = true;
    Thread last = thread;
    if (last == null || last == Thread.currentThread()) {
      return null;
    }
    add(to -> {}); // wakes the thread, which then finds that it is over
    return last;
  }
}
