package dev.belay.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a scope has open: by the ledger of its client, and by the servers' view of all others. */
record Findings(List<Holding> holdings, List<Peer> peers) {
  boolean isEmpty() {
    return holdings.isEmpty() && peers.isEmpty();
  }

  Verdict judge(LeakOptions options) {
    List<Leak> leaks = new ArrayList<>();
    List<Holding> guilty = new ArrayList<>();
    List<Holding> allowed = new ArrayList<>();
    Map<Holding.Ports, KernelView> views = views();
    for (Holding holding : holdings) {
      Leak leak = holding.leak(holding.ownPorts().map(views::get).orElse(null));
      if (options.allows(leak)) {
        allowed.add(holding);
      } else {
        guilty.add(holding);
        leaks.add(leak);
      }
    }
    peers.stream().map(Peer::leak).filter(leak -> !options.allows(leak)).forEach(leaks::add);
    return new Verdict(leaks, guilty, allowed, List.of());
  }

  private Map<Holding.Ports, KernelView> views() {
    Set<Holding.Ports> ports = new HashSet<>();
    holdings.forEach(holding -> holding.ownPorts().ifPresent(ports::add));
    return KernelSockets.view(ports);
  }
}
