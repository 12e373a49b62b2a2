package dev.belay.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections that can be lent, and which of them goes first when one has to. Guarded by the
 * lock of its table, but for {@link #idleUntil}.
 */
final class Available {
  /**
   * For this long an idle connection is not closed for a call that may hope for one that leads to
   * its own origin. Else each change between origins would cost a connection, though the next call
   * could have used the old one.
   */
  static final long KEPT_NANOS = Duration.ofMillis(5).toNanos();

  private final PoolSettings settings;
  private final NanoClock clock;
  private final Places places;
  private final CarriersByRoute idle = new CarriersByRoute();

  /** In use, and with room for one more exchange at least. */
  private final CarriersByRoute shared = new CarriersByRoute();

  Available(PoolSettings settings, NanoClock clock, Places places) {
    this.settings = settings;
    this.clock = clock;
    this.places = places;
  }

  /** Puts it where it belongs now: here, if it can be lent. */
  void sort(Carrier carrier) {
    remove(carrier);
    if (places.has(carrier) && carrier.streams.hasRoom()) {
      (carrier.streams.isUnused() ? idle : shared).add(carrier);
    }
  }

  void remove(Carrier carrier) {
    idle.remove(carrier);
    shared.remove(carrier);
  }

  /** The one used last, so that the others grow old enough to be closed. */
  @Nullable Carrier usable(Route route) {
    Carrier busy = shared.newestOf(route);
    return busy == null ? idle.newestOf(route) : busy;
  }

  /** Those in use first: they cost nobody an idle one. */
  List<Carrier> all() {
    List<Carrier> all = new ArrayList<>(shared.all());
    all.addAll(idle.all());
    return all;
  }

  List<Carrier> idle() {
    return idle.all();
  }

  int idleCount() {
    return idle.size();
  }

  /** The one idle for longest, of more than may be while nobody waits. */
  @Nullable Carrier surplus() {
    return idle.size() > settings.maxIdle() ? idle.oldest() : null;
  }

  /** The one idle for longest that leads to the origin. */
  @Nullable Carrier oldestOf(Origin origin) {
    return idle.oldestOf(origin);
  }

  /** Calls made in the code of others may wait for themselves, so they are not kept waiting. */
  @Nullable Carrier evictable(Lease due) {
    Carrier oldest = idle.oldest();
    boolean hopes = places.of(due.route.origin()) > 0 && due.call.pool.nested.get() == 0;
    return oldest != null && hopes && clock.nanos() - keptUntil(oldest) < 0 ? null : oldest;
  }

  private static long keptUntil(Carrier carrier) {
    return carrier.idleSince + KEPT_NANOS;
  }

  /** When one that is kept may be closed for somebody who waits. */
  long nextEviction(long now) {
    Carrier oldest = idle.oldest();
    return oldest == null || now - keptUntil(oldest) >= 0 ? Ticket.NEVER : keptUntil(oldest);
  }

  /**
   * Until our own limit, or the one that the server announced. Looks at nothing that the lock
   * guards, so it may be asked without.
   */
  long idleUntil(Carrier carrier, long since) {
    long ours = since + settings.idleTime().toNanos();
    long servers = carrier.keepAlive.until();
    return servers - ours < 0 ? servers : ours;
  }
}
