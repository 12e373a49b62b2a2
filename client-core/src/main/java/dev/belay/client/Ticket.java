package dev.belay.client;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call's place at one gate: waiting, then let in, then given back.
 *
 * <p>Whoever moves the state decides, and each move happens once: a permit cannot be released
 * twice, and a waiter that gave up cannot be let in.
 */
class Ticket {
  static final long NEVER = Long.MAX_VALUE;
  private static final State WAITING = new State(null);
  private static final State GRANTED = new State(null);
  private static final State OVER = new State(null);

  final Gate gate;
  final CallEntry call;

  /**
   * When somebody looks at the wait, by the clock of the pool; {@link #NEVER} when only the
   * deadline ends it. Written by the gate, which asks the pool to watch; read by the housekeeper.
   */
  private volatile long until;

  /** Written by whoever ended it, when the gate has what it had. */
  private volatile boolean back;

  private final AtomicReference<State> state = new AtomicReference<>(WAITING);

  /** One of the three above, told apart by identity, or a refusal with its reason. */
  private static final class State {
    final @Nullable Refusal refusal;

    State(@Nullable Refusal refusal) {
      this.refusal = refusal;
    }
  }

  /** Why a call was not let in, told on its own thread, so that the stack is the caller's. */
  @FunctionalInterface
  interface Refusal {
    CallFailedException asFailure(CallEntry call);
  }

  Ticket(Gate gate, CallEntry call, long until) {
    this.gate = gate;
    this.call = call;
    this.until = until;
  }

  long until() {
    return until;
  }

  /** Not yet, but then. The pool has to be told by whoever says so. */
  void waitUntil(long later) {
    until = later;
  }

  boolean isWaiting() {
    return state.get() == WAITING;
  }

  boolean isGranted() {
    return state.get() == GRANTED;
  }

  /**
   * Whether others may have to wait for it: it was let in, or will be without their help, or what
   * it was granted has not arrived where the next one finds it.
   */
  boolean holdsPlace() {
    State now = state.get();
    return now == GRANTED || (now == OVER && !back);
  }

  /**
   * Whether the call was let in; false while it waits. Looks once: a grant between two looks would
   * be taken for the end.
   *
   * @throws CallFailedException why it was not let in
   */
  boolean letsIn() throws CallFailedException {
    State now = Objects.requireNonNull(state.get());
    if (now == GRANTED || now == WAITING) {
      return now == GRANTED;
    }
    throw now.refusal == null
        ? new CancelledException(call + " gave up its place", call.circumstances(), null)
        : now.refusal.asFailure(call);
  }

  /** Lets the call in. The caller wakes it after leaving its lock. False if the call gave up. */
  boolean grant() {
    return state.compareAndSet(WAITING, GRANTED);
  }

  /** Ends the wait with a failure. False if it was over already. */
  boolean refuse(Refusal why) {
    return state.compareAndSet(WAITING, new State(why));
  }

  /**
   * Gives back, once: a permit or a connection where one was granted, else the place in the queue.
   *
   * @param clean whether a connection may be used again
   */
  final void giveBack(boolean clean) {
    State now = end();
    if (now == GRANTED) {
      try {
        goesBack();
      } finally {
        gate.takeBack(this, clean);
        back = true;
      }
    } else if (now == WAITING) {
      back = true;
      gate.forget(this);
    }
  }

  /** Called once, before what was granted goes back: the next one may have it right then. */
  void goesBack() {}

  /** What it was until this ended it. A grant may come between a look and the move: look again. */
  private State end() {
    while (true) {
      State now = Objects.requireNonNull(state.get());
      boolean isOver = now != GRANTED && now != WAITING;
      if (isOver || state.compareAndSet(now, OVER)) {
        return now;
      }
    }
  }
}
