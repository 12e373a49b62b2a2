package dev.belay.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a scope has open: by the ledger of its client, and by the servers' view of all others. */
record Findings(List<Holding> holdings, List<Peer> peers) {
  boolean isEmpty() {
    return holdings.isEmpty() && peers.isEmpty();
  }

  Verdict verdict(Collection<Holding> unclaimed) {
    List<Leak> leaks = new ArrayList<>();
    if (!holdings.isEmpty()) {
      Set<Holding.Ports> ports = new HashSet<>();
      holdings.forEach(holding -> holding.ownPorts().ifPresent(ports::add));
      Map<Holding.Ports, KernelView> views = KernelSockets.view(ports);
      holdings.forEach(
          holding -> leaks.add(holding.leak(holding.ownPorts().map(views::get).orElse(null))));
    }
    peers.forEach(peer -> leaks.add(peer.leak()));
    return new Verdict(leaks, unclaimed);
  }
}
