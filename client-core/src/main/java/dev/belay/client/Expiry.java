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
        ? earlier(call.pool.leaks.look(held, now), end)
        : earlier(lookAtWait(call, now), earlier(call.pool.leaks.firstLook(now), end));
  }

  private static long lookAtWait(CallEntry call, long now) {
    Ticket ticket = call.ticket();
    if (ticket == null || !ticket.isWaiting() || ticket.until == Ticket.NEVER) {
      return Ticket.NEVER;
    }
    if (now - ticket.until < 0) {
      return ticket.until;
    }
    ticket.gate.expire(ticket);
    return Ticket.NEVER;
  }

  /** The first of two moments, of which one may never come. */
  static long earlier(long at, long other) {
    return at != Ticket.NEVER && at - other < 0 ? at : other;
  }
}
