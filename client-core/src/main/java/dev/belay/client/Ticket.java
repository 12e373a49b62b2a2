package dev.belay.client;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call's place at one gate: waiting, then let in, then given back.
 *
 * <p>Whoever moves the state decides, and each move happens once: a permit cannot be released
 * twice, and a waiter that gave up cannot be let in.
 */
class Ticket {
  private enum State {
    WAITING,
    GRANTED,
    OVER
  }

  static final long NEVER = Long.MAX_VALUE;

  final Gate gate;
  final CallEntry call;

  /**
   * When the wait ends, by the clock of the pool; {@link #NEVER} when only the deadline ends it.
   */
  final long until;

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  /** Written before the state moves from WAITING to OVER; visible by reading the state. */
  private @Nullable Refusal refusal;

  Ticket(Gate gate, CallEntry call, long until) {
    this.gate = gate;
    this.call = call;
    this.until = until;
  }

  boolean isWaiting() {
    return state.get() == State.WAITING;
  }

  boolean isGranted() {
    return state.get() == State.GRANTED;
  }

  /** Lets the call in. The caller wakes it after leaving its lock. False if the call gave up. */
  boolean grant() {
    return state.compareAndSet(State.WAITING, State.GRANTED);
  }

  /** Why a call was not let in, told on its own thread, so that the stack is the caller's. */
  @FunctionalInterface
  interface Refusal {
    CallFailedException asFailure(CallEntry call);
  }

  /** Ends the wait with a failure. False if it was over already. */
  boolean refuse(Refusal why) {
    refusal = why;
    return state.compareAndSet(State.WAITING, State.OVER);
  }

  /** Why the call was not let in; null while it waits, and when it was. */
  @Nullable Refusal refusal() {
    return state.get() == State.OVER ? refusal : null;
  }

  /**
   * Gives back, once: a permit or a connection where one was granted, else the place in the queue.
   *
   * @param clean whether a connection may be used again
   */
  final void giveBack(boolean clean) {
    if (state.compareAndSet(State.GRANTED, State.OVER)) {
      gate.takeBack(this, clean);
    } else if (state.compareAndSet(State.WAITING, State.OVER)) {
      gate.forget(this);
    }
  }
}
