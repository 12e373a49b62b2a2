package dev.belay.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks for addresses and proxies on a few threads of its own, because who is asked may never
 * answer: those who wait can leave, and a thread that hangs costs the pool that thread alone.
 *
 * <p>What several want to know at the same time is asked once. No answer is kept: the platform and
 * users' code know for how long theirs hold. What hangs is not asked again as long as it hangs.
 */
final class Resolver {
  static final int MOST_THREADS = 4;
  private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when something waits for a thread, and by the close. */
  private final Condition news = lock.newCondition();

  /** Guarded by the lock, as all below: what waits and what runs. */
  private final Map<Question<?>, LookUp<?>> asked = new HashMap<>();

  /** Those that have no thread yet, the oldest first, each with somebody who waits for it. */
  private final Set<LookUp<?>> waiting = new LinkedHashSet<>();

  /** Those that a thread asks, the oldest first. */
  private final Set<LookUp<?>> running = new LinkedHashSet<>();

  private final Set<Thread> threads = new HashSet<>();

  /** How many of the threads have nothing to ask. */
  private int idle;

  private boolean closed;

  Resolver(String name) {
    this.name = name;
  }

  /**
   * Has the question asked unless it is being asked already.
   *
   * @param asker is unparked when the answer is there, and leaves in any case
   */
  <T> LookUp<T> join(Question<T> question, Thread asker) throws SocketGate.NoPlaceException {
    LookUp<T> joined;
    Thread added = null;
    lock.lock();
    try {
      if (closed) {
        throw new SocketGate.NoPlaceException("the pool is closed");
      }
      joined = askedBefore(question);
      if (joined == null) {
        joined = new LookUp<>(question);
        asked.put(question, joined);
        waiting.add(joined);
        added = threadFor();
      }
      joined.askers.add(asker);
    } finally {
      lock.unlock();
    }
    if (added != null) {
      start(added, joined);
    }
    return joined;
  }

  /** Equal questions have answers of one type. */
  @SuppressWarnings("unchecked")
  private <T> @Nullable LookUp<T> askedBefore(Question<T> question) {
    return (LookUp<T>) asked.get(question);
  }

  /** One to be started, where those that are idle do not suffice and there may be more. */
  private @Nullable Thread threadFor() {
    news.signal();
    if (waiting.size() <= idle || threads.size() >= MOST_THREADS) {
      return null;
    }
    Thread added = Threads.daemon(this::work, "belay-dns " + name);
    threads.add(added);
    return added;
  }

  /** Where no thread can be had, those who wait are told so. */
  private void start(Thread added, LookUp<?> first) {
    try {
      added.start();
    } catch (RuntimeException | Error e) {
      first.fail(e);
      lock.lock();
      try {
        threads.remove(added);
      } finally {
        lock.unlock();
      }
      end(first);
    }
  }

  /** Who does not wait any more, answered or not. A question that nobody waits for is not asked. */
  void leave(LookUp<?> joined, Thread asker) {
    lock.lock();
    try {
      joined.askers.remove(asker);
      if (joined.askers.isEmpty() && waiting.remove(joined)) {
        asked.remove(joined.question);
      }
    } finally {
      lock.unlock();
    }
  }

  // The threads that ask.

  private void work() {
    for (LookUp<?> next = take(); next != null; next = take()) {
      next.ask();
      end(next);
      boolean unused = Thread.interrupted(); // left by who was asked, and not meant for the next
    }
  }

  /** Null when there is nothing more to ask: then the thread has signed off. */
  private @Nullable LookUp<?> take() {
    lock.lock();
    try {
      awaitOne();
      if (closed || waiting.isEmpty()) {
        threads.remove(Thread.currentThread());
        return null;
      }
      LookUp<?> next = waiting.iterator().next();
      waiting.remove(next);
      running.add(next);
      next.begin();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void awaitOne() {
    idle++;
    try {
      long left = LINGER;
      while (waiting.isEmpty() && !closed && left > 0) {
        left = news.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Log.POOL.debug("{} was interrupted", Thread.currentThread(), e);
    } finally {
      idle--;
    }
  }

  /** Its answer is there: whoever asks from now on has it asked again. */
  private void end(LookUp<?> over) {
    List<Thread> askers;
    lock.lock();
    try {
      waiting.remove(over);
      running.remove(over);
      asked.remove(over.question, over);
      askers = List.copyOf(over.askers);
    } finally {
      lock.unlock();
    }
    askers.forEach(LockSupport::unpark);
  }

  // Reports and the end.

  /** What is being asked now, the oldest first: hosts, and origins that need a proxy. */
  List<String> running() {
    lock.lock();
    try {
      return running.stream().map(LookUp::toString).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks nobody from now on. A thread that hangs cannot be stopped and ends with what it asks.
   *
   * @return the threads to wait for, if anybody has the time
   */
  List<Thread> close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
      List<Thread> ending = new ArrayList<>(threads);
      ending.remove(Thread.currentThread()); // users' code may close the pool that asked it
      return ending;
    } finally {
      lock.unlock();
    }
  }
}
