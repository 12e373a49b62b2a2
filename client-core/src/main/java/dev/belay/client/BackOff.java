package dev.belay.client;

import java.time.Duration;

/** The gate that opens by itself when the time of a back-off is over, never earlier. */
final class BackOff implements Gate {
  @Override
  public Phase phase() {
    return Phase.BACK_OFF;
  }

  @Override
  public boolean passesOn() {
    return false;
  }

  @Override
  public Ticket enter(CallEntry call) {
    throw new IllegalStateException("a back-off has a length");
  }

  Ticket enter(CallEntry call, Duration pause) {
    return new Ticket(this, call, call.deadline.now() + pause.toNanos());
  }

  @Override
  public void expire(Ticket ticket) {
    if (ticket.grant()) {
      ticket.call.wake();
    }
  }

  @Override
  public void takeBack(Ticket ticket, boolean clean) {}

  @Override
  public void forget(Ticket ticket) {}
}
