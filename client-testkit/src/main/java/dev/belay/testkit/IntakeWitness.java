package dev.belay.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the books of one intake say. */
record IntakeWitness(ServerIntake intake, ConnectionCensus census) implements PortWitness {

  @Override
  public int port() {
    return intake.port();
  }

  @Override
  public List<PeerConnection> open() {
    intake.awaitSettled();
    List<CountedConnection> connections = census.connections();
    Set<CountedConnection> ended = endedUnseen(connections);
    return connections.stream()
        .filter(connection -> !ended.contains(connection))
        .map(CountedConnection::peer)
        .toList();
  }

  /** Asks the kernel, which takes its time, about those of which only it can tell. */
  private Set<CountedConnection> endedUnseen(List<CountedConnection> connections) {
    Map<Holding.Ports, CountedConnection> doubtful =
        connections.stream()
            .filter(CountedConnection::mayHaveEndedUnseen)
            .collect(Collectors.toMap(this::portsOf, Function.identity()));
    if (doubtful.isEmpty() || !KernelSockets.isAvailable()) {
      return Set.of();
    }
    doubtful.keySet().removeAll(KernelSockets.view(doubtful.keySet()).keySet());
    return Set.copyOf(doubtful.values());
  }

  private Holding.Ports portsOf(CountedConnection connection) {
    return new Holding.Ports(connection.clientPort(), port());
  }

  @Override
  public List<PeerConnection> givenUp() {
    intake.awaitSettled();
    return census.givenUp();
  }

  @Override
  public void awaitNoneOpen(Duration limit) throws InterruptedException {
    intake.awaitSettled();
    census.awaitNoneOpen(limit);
  }
}
