package dev.belay.testkit;

import java.time.Duration;
import java.util.List;

/** What a server or relay has counted, from the side that a client cannot deceive. */
interface ConnectionCounts {
  int port();

  int open();

  int most();

  int opened();

  int requests();

  /**
   * Waits until so many are open.
   *
   * @throws AssertionError that lists the open connections, if the time passes
   */
  void awaitOpen(int expected, Duration limit) throws InterruptedException;

  static ConnectionCounts of(TestServer server) {
    return new OfServer(server);
  }

  /** Of a server. */
  record OfServer(TestServer server) implements ConnectionCounts {
    @Override
    public int port() {
      return server.port();
    }

    @Override
    public int open() {
      return server.openConnections();
    }

    @Override
    public int most() {
      return server.mostConnections();
    }

    @Override
    public int opened() {
      return server.totalConnections();
    }

    @Override
    public int requests() {
      return server.requests();
    }

    @Override
    public void awaitOpen(int expected, Duration limit) throws InterruptedException {
      server.awaitOpenConnections(expected, limit);
    }
  }

  static ConnectionCounts of(Relay relay) {
    return new OfRelay(relay);
  }

  /** Of a relay, which need not understand what passes. */
  record OfRelay(Relay relay) implements ConnectionCounts {
    @Override
    public int port() {
      return relay.port();
    }

    @Override
    public int open() {
      return relay.openConnections();
    }

    @Override
    public int most() {
      return relay.mostConnections();
    }

    @Override
    public int opened() {
      return relay.totalConnections();
    }

    @Override
    public int requests() {
      throw new UnsupportedOperationException("a relay does not count requests; ask the server");
    }

    @Override
    public void awaitOpen(int expected, Duration limit) throws InterruptedException {
      relay.awaitOpenConnections(expected, limit);
    }

    @Override
    public String requestNumbers() {
      return "";
    }
  }

  /** Requests that did not need a connection of their own. */
  default int reused() {
    return Math.max(0, requests() - opened());
  }

  /** Who says that he holds a connection to it, as far as anybody here knows. */
  default List<String> holders() {
    return LedgerWitness.Presence.BELAY ? BelayPools.holdersOf(port()) : List.of();
  }

  default String numbers() {
    return "127.0.0.1:"
        + port()
        + " has "
        + Checks.number(open(), "open connection")
        + ", opened "
        + opened()
        + ", most at once "
        + most()
        + requestNumbers();
  }

  default String requestNumbers() {
    return ", requests " + requests() + ", reused " + reused();
  }
}
