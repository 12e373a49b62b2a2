package dev.belay.testkit;

/** The assertions on what a server has counted. */
abstract class ConnectionChecks<S> extends Checks<S> {
  private final ConnectionCounts counts;

  ConnectionChecks(ConnectionCounts counts) {
    this.counts = counts;
  }

  @Override
  final String state() {
    return counts.numbers() + lines(counts::holders);
  }

  /**
   * The client has no connection open. Waits as long as {@link #within} says for what it is
   * closing.
   *
   * @return this assertion
   * @throws AssertionError if one is open; the message lists them, with who holds them
   */
  public final S hasNoOpenConnections() {
    return hasOpenConnections(0);
  }

  /**
   * The client has exactly so many connections open, idle ones included. Waits like {@link
   * #hasNoOpenConnections}.
   *
   * @param expected at least 0
   * @return this assertion
   * @throws AssertionError if it has more or fewer; the message lists them
   */
  public final S hasOpenConnections(int expected) {
    String expectation = number(expected, "open connection");
    try {
      counts.awaitOpen(expected, limit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return expect(counts.open() == expected, expectation);
    } catch (AssertionError listing) {
      throw failure(expectation, state() + "\n" + listing.getMessage());
    }
    return self();
  }

  /**
   * The client has opened exactly so many connections since the server's start, closed ones
   * included. Looks once.
   *
   * @param expected at least 0
   * @return this assertion
   * @throws AssertionError if it has opened more or fewer
   */
  public final S hasOpened(int expected) {
    return expect(counts.opened() == expected, number(expected, "opened connection"));
  }

  /**
   * Exactly so many requests came on a connection that had carried one before: the number of
   * requests less that of connections. Looks once.
   *
   * @param expected at least 0
   * @return this assertion
   * @throws AssertionError if it was more or less
   * @throws UnsupportedOperationException of a relay, which does not count requests
   */
  public final S hasReused(int expected) {
    return expect(counts.reused() == expected, number(expected, "reused connection"));
  }

  /**
   * The client never had more connections open at one instant. Looks once.
   *
   * @param most at least 0
   * @return this assertion
   * @throws AssertionError if it had
   */
  public final S hasNoMoreConnectionsThan(int most) {
    return expect(counts.most() <= most, "at most " + number(most, "connection") + " at once");
  }
}
