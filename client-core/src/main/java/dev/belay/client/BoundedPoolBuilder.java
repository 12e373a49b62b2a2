package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BoundedPool}. Every setting has a default, so nothing has to be set. Not safe for
 * use by several threads.
 */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public final class BoundedPoolBuilder {
  private static final int UNSET = -1;
  private static final int MAX_IDLE = 5;

  private @Nullable String name;
  private int maxConnections = 10;
  private int maxConnectionsPerOrigin = UNSET;
  private int maxIdle = UNSET;
  private Duration idleTime = Duration.ofSeconds(30);
  private Duration maxAge = Duration.ofHours(1);
  private int maxQueue = 1_000;
  private Duration maxWait = Duration.ofSeconds(5);
  private TrackingLevel tracking = TrackingLevel.SAMPLED;
  private Duration leakThreshold = Duration.ofSeconds(60);
  private @Nullable LifecycleListener listener;
  private NanoClock clock = NanoClock.SYSTEM;
  private Consumer<Runnable> leaps = look -> {};

  BoundedPoolBuilder() {}

  /**
   * What reports call the pool. Default: {@code pool}.
   *
   * @param poolName not blank
   * @return this builder
   * @throws IllegalArgumentException if it is blank
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder name(String poolName) {
    name = Check.notBlank(poolName, "name");
    return this;
  }

  BoundedPoolBuilder nameUnlessSet(String poolName) {
    return name == null ? name(poolName) : this;
  }

  /**
   * The most sockets that may be open, idle and connecting ones included. Default: 10.
   *
   * @param most at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is less than 1
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder maxConnections(int most) {
    maxConnections = Check.atLeast(1, most, "maxConnections");
    return this;
  }

  /**
   * The most sockets that may be open to one origin (scheme, host and port), idle and connecting
   * ones included. Default: {@code maxConnections}. Calls to an origin that is at its limit wait,
   * and let those to others pass.
   *
   * @param most at least 1, at most {@code maxConnections}
   * @return this builder
   * @throws IllegalArgumentException if it is less than 1
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder maxConnectionsPerOrigin(int most) {
    maxConnectionsPerOrigin = Check.atLeast(1, most, "maxConnectionsPerOrigin");
    return this;
  }

  /**
   * The most connections that may be idle while nobody waits. Default: 5, or {@code maxConnections}
   * where that is less.
   *
   * @param most at least 0, at most {@code maxConnections}; 0 closes each connection after its call
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder maxIdle(int most) {
    maxIdle = Check.atLeast(0, most, "maxIdle");
    return this;
  }

  /**
   * How long a connection may be idle before it is closed. Default: 30 s; less where the server
   * announces less in {@code Keep-Alive: timeout} (RFC 2068 section 19.7.1.1).
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder idleTime(Duration time) {
    idleTime = Check.positive(time, "idleTime");
    return this;
  }

  /**
   * How old a connection may be when a call ends on it; each connection's own limit is up to 2.5 %
   * less or more. Default: 1 h. A running call is never cut for the age of its connection.
   *
   * @param age longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder maxAge(Duration age) {
    maxAge = Check.positive(age, "maxAge");
    return this;
  }

  /**
   * How many calls of each client may wait for a connection. Default: 1,000. One more fails at once
   * with {@link LimitReachedException.Limit#QUEUE}; the calls of other clients still may wait.
   *
   * @param most at least 0; 0 refuses a call that finds no connection free
   * @return this builder
   * @throws IllegalArgumentException if it is negative
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder maxQueue(int most) {
    maxQueue = Check.atLeast(0, most, "maxQueue");
    return this;
  }

  /**
   * How long a call may wait for a connection, and for a permit of a client's bulkhead. Default: 5
   * s; never longer than the call's deadline. Then it fails with {@link
   * LimitReachedException.Limit#POOL}. So does one whose connection waits until then for its
   * look-up to begin, because four others hang.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder maxWait(Duration time) {
    maxWait = Check.positive(time, "maxWait");
    return this;
  }

  /**
   * How often the stack of an opener is taken. Default: {@link TrackingLevel#SAMPLED}.
   *
   * @param level the level
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder tracking(TrackingLevel level) {
    tracking = Objects.requireNonNull(level, "tracking");
    return this;
  }

  /**
   * How long a call may hold a connection before a warning in {@code dev.belay.client.leak} names
   * it, once, and the line that opened it where its stack was taken. Default: 60 s. When the
   * connection comes back after all, a second line says so.
   *
   * <p>Nothing is closed for it: the deadline of the call does that, so only calls with a longer
   * deadline get there. With {@link TrackingLevel#OFF} nobody is warned.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder leakThreshold(Duration time) {
    leakThreshold = Check.positive(time, "leakThreshold");
    return this;
  }

  /**
   * Told of all that opens and closes in the pool. Default: nobody.
   *
   * @param told called on a thread of its own, one event at a time; nobody closes it
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder lifecycleListener(LifecycleListener told) {
    listener = Objects.requireNonNull(told, "lifecycleListener");
    return this;
  }

  /**
   * Where the pool and its clients read the time, for tests that do not want to wait. Default:
   * {@link System#nanoTime()}, by which everything that is due ends by itself.
   *
   * <p>Deadlines, attempt time-outs, back-off, {@code Retry-After}, rate limits, circuit breakers,
   * waits for permits and connections, idle times, ages and the leak threshold go by it. What waits
   * for sockets or threads does not: the connect, read and write time-outs, and how long a close
   * lets calls finish.
   *
   * <p>A time that stands still ends nothing. One that leaps is noticed within a second, or at once
   * by running the action that {@code onLeap} was given: what is due in the pool has ended when
   * that action returns, on the thread that runs it. It may run at any time, on any thread, holds
   * the pool weakly, and does nothing once that is closed.
   *
   * @param nanos as {@link System#nanoTime()}: any origin, never back; called often, by any thread,
   *     and must neither block nor throw
   * @param onLeap given the action, once, by each {@code build()}
   * @return this builder
   */
  @CanIgnoreReturnValue
  public BoundedPoolBuilder timeSource(LongSupplier nanos, Consumer<Runnable> onLeap) {
    clock = Objects.requireNonNull(nanos, "nanos")::getAsLong;
    leaps = Objects.requireNonNull(onLeap, "onLeap");
    return this;
  }

  /**
   * The pool. Opens no socket and starts no thread.
   *
   * @return a new pool, which the caller closes
   * @throws IllegalStateException if {@code maxIdle} or {@code maxConnectionsPerOrigin} exceeds
   *     {@code maxConnections}
   */
  public BoundedPool build() {
    return build(false);
  }

  /** A pool that belongs to one client closes with it, and is not reported beside it. */
  BoundedPool build(boolean ownedByClient) {
    refuseMoreThanAll("maxIdle", maxIdle);
    refuseMoreThanAll("maxConnectionsPerOrigin", maxConnectionsPerOrigin);
    int idle = maxIdle == UNSET ? Math.min(MAX_IDLE, maxConnections) : maxIdle;
    int ofOrigin = maxConnectionsPerOrigin == UNSET ? maxConnections : maxConnectionsPerOrigin;
    PoolSettings settings =
        new PoolSettings(
            name == null ? "pool" : name,
            maxConnections,
            ofOrigin,
            idle,
            idleTime,
            maxAge,
            maxQueue,
            maxWait,
            tracking,
            leakThreshold,
            listener,
            ownedByClient);
    PoolState state =
        new PoolState(settings, clock, () -> ThreadLocalRandom.current().nextDouble());
    leaps.accept(state.lookAround());
    return new BoundedPool(state);
  }

  private void refuseMoreThanAll(String setting, int value) {
    if (value > maxConnections) {
      throw new IllegalStateException(
          setting + " (" + value + ") exceeds maxConnections (" + maxConnections + ")");
    }
  }
}
