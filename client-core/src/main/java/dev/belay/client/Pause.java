package dev.belay.client;

/** The gate that opens by itself when its time has come, never earlier. */
record Pause(Phase phase) implements Gate {
  @Override
  public boolean passesOn() {
    return false;
  }

  @Override
  public Ticket enter(CallEntry call) {
    throw new IllegalStateException("a pause has an end");
  }

  Ticket until(CallEntry call, long end) {
    return new Ticket(this, call, end);
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
