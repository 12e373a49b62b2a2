package dev.belay.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a scope has open: by the ledger of its client, and by the servers' view of all others. */
record Findings(List<Holding> holdings, List<Peer> peers) {
  boolean isEmpty() {
    return holdings.isEmpty() && peers.isEmpty();
  }

  Verdict verdict(Collection<Holding> unclaimed) {
    List<Leak> leaks = new ArrayList<>();
    if (!holdings.isEmpty()) {
      List<Integer> ports = holdings.stream().map(Holding::localPort).filter(p -> p > 0).toList();
      Map<Integer, KernelView> views = ports.isEmpty() ? Map.of() : KernelSockets.view(ports);
      holdings.forEach(holding -> leaks.add(holding.leak(views.get(holding.localPort()))));
    }
    peers.forEach(peer -> leaks.add(peer.leak()));
    return new Verdict(leaks, unclaimed);
  }
}
