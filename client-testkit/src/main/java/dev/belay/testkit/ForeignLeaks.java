package dev.belay.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges connections of clients that keep no ledger, by what the servers of a test, listeners in
 * the clients, and the kernel see of them.
 */
final class ForeignLeaks {
  private static final int MOST_LOOKS = 4;

  private final List<PortWitness> ports;
  private final OptOut shared;

  /**
   * @param ports may grow while the test runs
   */
  ForeignLeaks(List<PortWitness> ports, OptOut shared) {
    this.ports = ports;
    this.shared = shared;
  }

  /** What the servers see now. Costs microseconds. */
  List<Peer> look() {
    List<Peer> all = new ArrayList<>();
    for (PortWitness port : ports) {
      port.open().forEach(seen -> all.add(Peer.of(port.port(), seen, false)));
      port.givenUp().forEach(seen -> all.add(Peer.of(port.port(), seen, true)));
    }
    return all;
  }

  /** Those of them that servers and listeners know to be leaks. */
  List<Peer> certain(List<Peer> seen) {
    return seen.stream()
        .filter(peer -> !peer.givenUp() && (peer.isUnread() || !mayBeIdle(peer)))
        .toList();
  }

  /** The same, and what only the kernel can tell, which is asked if there is a reason. */
  List<Peer> all(List<Peer> seen) {
    if (seen.isEmpty()) {
      return seen;
    }
    Map<Holding.Ports, KernelView> views = views(seen);
    return seen.stream()
        .map(peer -> peer.with(views.get(peer.ports())))
        .filter(this::isLeak)
        .toList();
  }

  /**
   * The kernel leaves rows out while others open and close sockets: what is open is asked again.
   */
  private static Map<Holding.Ports, KernelView> views(List<Peer> seen) {
    Map<Holding.Ports, KernelView> views =
        new HashMap<>(KernelSockets.view(seen.stream().map(Peer::ports).toList()));
    for (int look = 1; look < MOST_LOOKS; look++) {
      List<Holding.Ports> missing =
          seen.stream()
              .filter(peer -> !peer.givenUp() && !views.containsKey(peer.ports()))
              .map(Peer::ports)
              .toList();
      if (missing.isEmpty() || !KernelSockets.isAvailable()) {
        return views;
      }
      views.putAll(KernelSockets.view(missing));
    }
    return views;
  }

  /** Whether a server of the test has this call, by its address. */
  boolean areAddressedBy(Holding holding) {
    return ports.stream().anyMatch(port -> holding.leadsTo(port.port()));
  }

  /** Whether all connections of a pool lead here; those of one that many use lead to many. */
  boolean haveAllOf(Holding holding) {
    boolean any = holding.hasPool() && !holding.poolPorts().isEmpty();
    Set<Integer> own = ports.stream().map(PortWitness::port).collect(Collectors.toSet());
    return any && holding.poolPorts().stream().allMatch(p -> own.contains(p.remote()));
  }

  private boolean isLeak(Peer peer) {
    if (peer.isGone()) {
      return false;
    }
    if (peer.isUnread()) {
      return true;
    }
    if (peer.kind().canBeClosedSomewhere()) {
      shared.use();
    }
    return !mayBeIdle(peer);
  }

  private boolean mayBeIdle(Peer peer) {
    return peer.isOfUncloseable() || shared.isDeclared();
  }
}
