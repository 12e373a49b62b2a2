package dev.belay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What must happen once the table's lock is free: sockets are closed before new ones may be opened
 * in their places, and callers are woken last.
 */
final class Afterwards implements Runnable {
  private final Consumer<Carrier> releasing;
  private List<Carrier> kills = List.of();
  private List<Carrier> releases = List.of();
  private List<Carrier> starts = List.of();
  private List<Lease> wakes = List.of();

  Afterwards(Consumer<Carrier> releasing) {
    this.releasing = releasing;
  }

  /** Closes it, and only then frees its place. */
  void release(Carrier carrier) {
    releases = with(releases, carrier);
  }

  /** Closes it: its place has been passed on to one of those that start. */
  void kill(Carrier carrier) {
    kills = with(kills, carrier);
  }

  void start(Carrier carrier) {
    starts = with(starts, carrier);
  }

  void wake(Lease lease) {
    wakes = with(wakes, lease);
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> longer = list.isEmpty() ? new ArrayList<>(2) : list;
    longer.add(more);
    return longer;
  }

  @Override
  public void run() {
    kills.forEach(Carrier::kill);
    starts.forEach(Carrier::start);
    releases.forEach(releasing);
    wakes.forEach(lease -> lease.call.waker().wake(lease.thread()));
  }
}
