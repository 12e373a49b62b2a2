package dev.belay.client;

import dev.belay.testkit.Fault;
import dev.belay.testkit.FaultServer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** A server with one fault, for one cell. */
interface FaultPlace extends Closeable {
  /** Where the fault is. */
  String url();

  /** The same port, and no fault. */
  String healthyUrl();

  /** Heads that the server has read, of calls to the fault. */
  int requests();

  /** Requests that another host has got because of a redirect. */
  int strayed();

  /** What is well is wanted from now on. */
  void heal();

  void awaitNoneOpen(Duration limit) throws InterruptedException;

  @Override
  void close() throws IOException;

  /** A port of a server that other cells use too. */
  record OfServer(FaultServer server, Fault fault, String url, String healthyUrl)
      implements FaultPlace {
    static OfServer at(FaultServer server, Fault fault) {
      return new OfServer(server, fault, server.url(fault), server.healthyUrl(fault));
    }

    @Override
    public int requests() {
      return server.requests(fault);
    }

    @Override
    public int strayed() {
      return server.elsewhere(fault).size();
    }

    @Override
    public void heal() {}

    @Override
    public void awaitNoneOpen(Duration limit) throws InterruptedException {
      server.awaitNoneOpen(fault, limit);
    }

    @Override
    public void close() {}
  }
}
