package dev.belay.client;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one call holds at the gates, in the order in which it passed them. */
final class Tickets {
  private final Ticket[] tickets;

  /** Written by the driver after the slot below it, which it makes visible; read by anybody. */
  private volatile int entered;

  /** A back-off, or the pause of an origin; written by the driver, read by anybody. */
  private volatile @Nullable Ticket pause;

  Tickets(int gates) {
    tickets = new Ticket[gates];
  }

  int size() {
    return entered;
  }

  void add(Ticket ticket) {
    int n = entered;
    tickets[n] = ticket;
    entered = n + 1;
  }

  void pause(Ticket ticket) {
    pause = ticket;
  }

  void resume() {
    pause = null;
  }

  /** The one that decides whether the call may go on; null before the first gate. */
  @Nullable Ticket last() {
    Ticket between = pause;
    int n = entered;
    return between != null ? between : n == 0 ? null : tickets[n - 1];
  }

  /** The ticket of the last gate, where the connections are. */
  Lease lease() {
    return (Lease) tickets[tickets.length - 1];
  }

  /** What others may have to wait for. */
  List<Ticket> places() {
    return Arrays.stream(tickets, 0, entered).filter(Ticket::holdsPlace).toList();
  }

  /** The connection that the call holds now; null when it has none. */
  @Nullable Lease held() {
    if (entered < tickets.length) {
      return null;
    }
    return tickets[tickets.length - 1] instanceof Lease lease && lease.isGranted() ? lease : null;
  }

  /** Gives back what was taken from the gate with this index on, the last first. */
  void giveBack(int from, boolean clean) {
    int n = entered;
    try {
      giveBack(n - 1, from, clean);
    } finally {
      entered = Math.min(n, from); // last: who looks for holders finds a place here or free
    }
  }

  /** All of them, whatever one throws. */
  private void giveBack(int last, int from, boolean clean) {
    if (last >= from) {
      try {
        tickets[last].giveBack(clean);
      } finally {
        giveBack(last - 1, from, clean);
      }
    }
  }

  /** Closes the connection of the call, if it has one, and leaves the rest to the call. */
  void cutConnection() {
    if (entered == tickets.length) {
      tickets[tickets.length - 1].giveBack(false);
    }
  }
}
