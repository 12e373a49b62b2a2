package dev.belay.client;

/** What the clock does to a call: ends it, ends its wait, or has it named as held for too long. */
final class Expiry {
  private Expiry() {}

  /** When somebody has to look at a call that starts now, if nothing happens before. */
  static long firstLook(CallEntry call) {
    return earlier(call.pool.leaks.firstLook(call.deadline.now()), call.deadline.endsAt());
  }

  /** Looks at a call; returns when to look again. */
  static long look(CallEntry call, long now) {
    long end = call.deadline.endsAt();
    if (call.cut() != null) {
      return Ticket.NEVER;
    }
    if (now - end >= 0) {
      boolean unused = call.cut(new Cut.Deadline());
      return Ticket.NEVER;
    }
    Lease held = call.heldLease();
    return held != null
        ? earlier(lookAtAttempt(call, held, now), earlier(call.pool.leaks.look(held, now), end))
        : earlier(lookAtWait(call, now), earlier(call.pool.leaks.firstLook(now), end));
  }

  /** Closes the connection of an attempt that has had its time; the call may have another one. */
  private static long lookAtAttempt(CallEntry call, Lease held, long now) {
    Exchange running = call.attempts.last();
    if (running == null || !running.wait.isOn()) {
      return Ticket.NEVER;
    }
    if (now - running.wait.endsBy < 0) {
      return running.wait.endsBy;
    }
    if (running.wait.expire()) {
      held.giveBack(false);
    }
    return Ticket.NEVER;
  }

  private static long lookAtWait(CallEntry call, long now) {
    Ticket ticket = call.ticket();
    if (ticket == null || !ticket.isWaiting()) {
      return Ticket.NEVER;
    }
    long until = ticket.until();
    if (until == Ticket.NEVER || now - until < 0) {
      return until;
    }
    ticket.gate.expire(ticket);
    return ticket.isWaiting() && ticket.until() != until ? ticket.until() : Ticket.NEVER;
  }

  /** The first of two moments, of which one may never come. */
  static long earlier(long at, long other) {
    return at != Ticket.NEVER && at - other < 0 ? at : other;
  }
}
