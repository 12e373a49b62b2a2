package dev.belay.testkit;

import dev.belay.testkit.LeakAssertions.ConnectionsAssert;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractObjectAssert;

/**
 * {@link ConnectionsAssert} as an assertion of AssertJ, which says what fails in its own way. Two
 * type arguments, the second that of what is judged: soft assertions look for it there.
 */
abstract class AssertJServer<S extends AssertJServer<S, A>, A extends TestServer>
    extends AbstractObjectAssert<S, A> {
  private Duration limit = Checks.GRACE;

  AssertJServer(A actual, Class<S> self) {
    super(actual, self);
  }

  private S check(Consumer<ConnectionsAssert> plain) {
    isNotNull();
    try {
      plain.accept(LeakAssertions.assertThat(actual).within(limit));
    } catch (AssertionError e) {
      failWithMessage("%s", e.getMessage());
    }
    return myself;
  }

  /**
   * As {@link ConnectionsAssert#within}.
   *
   * @param time zero looks once
   * @return this assertion
   */
  public S within(Duration time) {
    limit = time;
    return myself;
  }

  /**
   * As {@link ConnectionsAssert#hasNoOpenConnections}.
   *
   * @return this assertion
   */
  public S hasNoOpenConnections() {
    return check(plain -> plain.hasNoOpenConnections());
  }

  /**
   * As {@link ConnectionsAssert#hasOpenConnections}.
   *
   * @param expected at least 0
   * @return this assertion
   */
  public S hasOpenConnections(int expected) {
    return check(plain -> plain.hasOpenConnections(expected));
  }

  /**
   * As {@link ConnectionsAssert#hasOpened}.
   *
   * @param expected at least 0
   * @return this assertion
   */
  public S hasOpened(int expected) {
    return check(plain -> plain.hasOpened(expected));
  }

  /**
   * As {@link ConnectionsAssert#hasReused}.
   *
   * @param expected at least 0
   * @return this assertion
   */
  public S hasReused(int expected) {
    return check(plain -> plain.hasReused(expected));
  }

  /**
   * As {@link ConnectionsAssert#hasNoMoreConnectionsThan}.
   *
   * @param most at least 0
   * @return this assertion
   */
  public S hasNoMoreConnectionsThan(int most) {
    return check(plain -> plain.hasNoMoreConnectionsThan(most));
  }
}
