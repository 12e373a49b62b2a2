package dev.belay.client;

/** A place on the way of a request where a call may have to wait. */
interface Gate {
  /** How a call that waits here is reported. */
  Phase phase();

  /** Whether those who wait here are let in by what others give back, and by nothing else. */
  boolean passesOn();

  /**
   * Refuses a call that would be refused here anyway, before it waits anywhere.
   *
   * @throws LimitReachedException when it is known now that the call cannot be let in
   */
  default void look(CallEntry call) throws LimitReachedException {}

  /**
   * Lets the call in, or queues it; the ticket tells which.
   *
   * @throws LimitReachedException when the queue is full
   */
  Ticket enter(CallEntry call) throws LimitReachedException;

  /** Takes back what a ticket was granted; called once for each, never under a lock. */
  void takeBack(Ticket ticket, boolean clean);

  /** Forgets a waiter that gave up; called once for each, never under a lock. */
  void forget(Ticket ticket);

  /** The time of a ticket has come: its wait is over, or prolonged with another time. */
  void expire(Ticket ticket);
}
