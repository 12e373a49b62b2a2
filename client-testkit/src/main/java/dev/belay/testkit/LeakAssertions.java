package dev.belay.testkit;

import java.util.Objects;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactory;

/**
 * Assertions on what a client has open, has opened, and leaves behind.
 *
 * <p>Plain: they need no assertion library, and throw {@link AssertionError}s that say what was
 * expected, what is, and who holds it. {@link AssertJ} is the same for users of AssertJ. Those on a
 * server hold for every client; those on pools are about Belay. Thread-safe; each assertion object
 * is for one thread.
 */
public final class LeakAssertions {

  private LeakAssertions() {}

  /**
   * Judges the connections of one server: {@code
   * assertThat(server).hasNoOpenConnections().hasOpened(1).hasReused(9)}.
   *
   * @param server the other side of the client under test
   * @return assertions on its counts
   */
  public static ConnectionsAssert assertThat(TestServer server) {
    return new ConnectionsAssert(ConnectionCounts.of(Objects.requireNonNull(server, "server")));
  }

  /**
   * Judges all pools of Belay in this JVM that are open, private ones of clients included. In
   * parallel runs other tests have some too: prefer {@link #assertThatPool}.
   *
   * @return assertions on their sums
   * @throws IllegalStateException if Belay is not on the class path
   */
  public static PoolsAssert assertThatPools() {
    return new PoolsAssert("", PoolChecks.all());
  }

  /**
   * Judges the open pools of Belay of this name; a private pool has the name of its client.
   *
   * @param name as in the builder
   * @return assertions on their sums; where no such pool is open, all counts are zero
   * @throws IllegalStateException if Belay is not on the class path
   */
  public static PoolsAssert assertThatPool(String name) {
    return new PoolsAssert(
        " of pool '" + Objects.requireNonNull(name, "name") + "'", PoolChecks.named(name));
  }

  /**
   * The same for AssertJ 3.17 or later, with its descriptions, soft assertions, {@code satisfies}
   * and all the rest: {@code assertThat(server).asInstanceOf(AssertJ.CONNECTIONS)}. Nothing else
   * here needs AssertJ.
   */
  public static final class AssertJ {
    /** From any AssertJ assertion on a {@link TestServer} to one on its connections. */
    public static final InstanceOfAssertFactory<TestServer, ServerAssert> CONNECTIONS =
        new InstanceOfAssertFactory<>(TestServer.class, ServerAssert::new);

    private AssertJ() {}

    /**
     * Judges the connections of one server.
     *
     * @param server the other side of the client under test
     * @return assertions on its counts
     */
    public static ServerAssert assertThat(TestServer server) {
      return new ServerAssert(server);
    }

    /**
     * AssertJ's assertions on a server, and {@link ConnectionsAssert}'s; not final for its proxies.
     */
    public static class ServerAssert extends AssertJServer<ServerAssert, TestServer> {
      /**
       * Made by AssertJ.
       *
       * @param server the other side of the client under test
       */
      public ServerAssert(TestServer server) {
        super(server, ServerAssert.class);
      }
    }
  }

  /** Assertions on the connections that a server has counted. Each returns itself. */
  public static final class ConnectionsAssert extends ConnectionChecks<ConnectionsAssert> {
    ConnectionsAssert(ConnectionCounts counts) {
      super(counts);
    }

    @Override
    ConnectionsAssert self() {
      return this;
    }
  }

  /** Assertions on the ledgers of Belay. Each returns itself. */
  public static final class PoolsAssert extends PoolChecks<PoolsAssert> {
    PoolsAssert(String place, Supplier<BelayPools> pools) {
      super(place, pools);
    }

    @Override
    PoolsAssert self() {
      return this;
    }
  }
}
