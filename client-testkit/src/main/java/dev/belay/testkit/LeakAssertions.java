package dev.belay.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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
   * Judges the connections to one relay. It counts no requests, so {@code hasReused} is for
   * servers.
   *
   * @param relay between the client under test and its server
   * @return assertions on its counts
   */
  public static ConnectionsAssert assertThat(Relay relay) {
    return new ConnectionsAssert(ConnectionCounts.of(Objects.requireNonNull(relay, "relay")));
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
   * Runs an action again and again and judges whether each run leaves something behind:
   * descriptors, threads, or what a collection leaves on the heap.
   *
   * <p>After a warm-up the action runs {@code iterations} times while descriptors and threads are
   * counted, and as often again with a collection ({@code System.gc()}) before each sample of the
   * heap. What seems to grow is looked at twice more: descriptors and threads get 2 s to go, and
   * the whole is repeated. Only what grew both times fails, with the slope of the samples (the
   * median of all pairs, Theil and Sen), what it is at least with 99.9 % confidence, and examples.
   *
   * <p>Three descriptors, three threads or 32 KiB in all runs together are not judged, so a leak of
   * 1 KiB wants some 50 iterations. The numbers are those of the whole process: what grows in it at
   * the same time for other reasons is judged with it, so this is not for tests that run in
   * parallel. What cannot be counted here is skipped, and the result says why.
   *
   * @param iterations how often; at least 10
   * @param action what must leave nothing behind
   * @return what was measured, for those who want to read it
   * @throws IllegalArgumentException if {@code iterations} is below 10
   * @throws AssertionError if something grows
   * @throws Exception what the action throws, at once
   */
  @SuppressWarnings("exports") // an annotation for tools, which a consumer need not have
  @CanIgnoreReturnValue
  public static String assertNoGrowth(int iterations, Action action) throws Exception {
    return new GrowthCheck(iterations, Objects.requireNonNull(action, "action")).judge();
  }

  /** What {@link #assertNoGrowth} runs. */
  @FunctionalInterface
  public interface Action {
    /**
     * One run.
     *
     * @throws Exception ends the judgement
     */
    void run() throws Exception;
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
