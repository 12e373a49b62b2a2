package dev.belay.testkit;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The assertions on what Belay's own ledgers say. */
abstract class PoolChecks<S> extends Checks<S> {
  private final Supplier<BelayPools> pools;

  /** Which pools; empty for all. */
  private final String place;

  PoolChecks(String place, Supplier<BelayPools> pools) {
    this.place = place;
    this.pools = pools;
  }

  @Override
  final String state() {
    BelayPools now = pools.get();
    return now.isEmpty() ? "no such pool is open" : "this is open:" + lines(now::lines);
  }

  private S soon(long expected, ToLongFunction<BelayPools> number, String what) {
    return expectSoon(
        () -> number.applyAsLong(pools.get()) == expected, number(expected, what) + place);
  }

  private S now(long expected, ToLongFunction<BelayPools> number, String what) {
    return expect(number.applyAsLong(pools.get()) == expected, number(expected, what) + place);
  }

  /**
   * No connection is open, idle or being made. Waits as long as {@link #within} says for what is
   * being closed.
   *
   * @return this assertion
   * @throws AssertionError if one is; the message says what else is open, and who opened it
   */
  public final S hasNoOpenConnections() {
    return hasOpenConnections(0);
  }

  /**
   * Exactly so many connections are open, idle ones and those that are being made included. Waits
   * like {@link #hasNoOpenConnections}.
   *
   * @param expected at least 0
   * @return this assertion
   * @throws AssertionError if it is more or less
   */
  public final S hasOpenConnections(int expected) {
    return soon(expected, BelayPools::open, "open connection");
  }

  /**
   * No response that was handed out is still open, read to its end or not. Waits like {@link
   * #hasNoOpenConnections}.
   *
   * @return this assertion
   * @throws AssertionError if one is; the message has the line that opened it, where its stack was
   *     taken
   */
  public final S hasNoUnreadBodies() {
    return soon(0, BelayPools::unreadBodies, "open response");
  }

  /**
   * No call waits for a connection. Waits like {@link #hasNoOpenConnections}.
   *
   * @return this assertion
   * @throws AssertionError if one does
   */
  public final S hasNoWaiters() {
    return hasWaiters(0);
  }

  /**
   * Exactly so many calls wait for a connection. Waits like {@link #hasNoOpenConnections}.
   *
   * @param expected at least 0
   * @return this assertion
   * @throws AssertionError if it is more or less
   */
  public final S hasWaiters(int expected) {
    return soon(expected, BelayPools::waiting, "waiting call");
  }

  /**
   * Exactly so many connections were opened since the pools were built. Looks once.
   *
   * @param expected at least 0
   * @return this assertion
   * @throws AssertionError if it is more or less
   */
  public final S hasOpened(int expected) {
    return now(expected, BelayPools::opened, "opened connection");
  }

  /**
   * Exactly so many calls had a connection that was there, idle or straight from its last user.
   * Looks once.
   *
   * @param expected at least 0
   * @return this assertion
   * @throws AssertionError if it is more or less
   */
  public final S hasReused(int expected) {
    return now(expected, BelayPools::reused, "reused connection");
  }

  /**
   * Waits until at least so many calls have reached a part of their way, before a {@link
   * VirtualClock} is moved for instance.
   *
   * @param expected at least 1
   * @param phase a phase as Belay names it, such as {@code BACK_OFF} or {@code RESPONSE}
   * @param longest how long to wait
   * @return this assertion
   * @throws AssertionError if the time passes
   */
  public final S awaitCalls(int expected, String phase, Duration longest) {
    String named = phase.toUpperCase(Locale.ROOT);
    return expect(
        comesTrue(() -> pools.get().callsIn(named) >= expected, longest),
        "at least " + number(expected, "call") + " in " + named + place + " within " + longest);
  }

  static Supplier<BelayPools> all() {
    return present(BelayPools::all);
  }

  static Supplier<BelayPools> named(String name) {
    return present(() -> BelayPools.named(name));
  }

  private static Supplier<BelayPools> present(Supplier<BelayPools> pools) {
    if (!LedgerWitness.Presence.BELAY) {
      throw new IllegalStateException("belay-client-core is not on the class path");
    }
    return pools;
  }
}
