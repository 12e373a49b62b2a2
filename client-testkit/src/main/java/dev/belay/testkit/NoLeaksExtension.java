package dev.belay.testkit;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@link NoLeaks} switches on; that annotation is the way to use it. With options, in a field
 * with {@code @RegisterExtension}; for every test of a run by auto-detection.
 *
 * <p>By default strict: 250 ms of grace, nothing allowed. At the end of a run it writes what it
 * found to {@code target/leaks.json} and, for people, {@code target/leaks.txt} (the configuration
 * parameter {@code belay.leaks.report} names another place), and fails the run if something is open
 * that no test could be blamed for, or if a leak made on purpose was not found.
 *
 * <p>Has no state of its own but its options: everything else is in the stores of tests and
 * classes, so that tests may run in parallel.
 */
public final class NoLeaksExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(NoLeaksExtension.class);

  private final LeakOptions options;

  /** Made by JUnit: strict. */
  public NoLeaksExtension() {
    this(LeakOptions.STRICT);
  }

  private NoLeaksExtension(LeakOptions options) {
    this.options = options;
  }

  /**
   * A strict check, to be changed.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ClassScope.of(context).use(options);
  }

  /** Does nothing if the extension was registered twice, as by annotation and auto-detection. */
  @Override
  public void beforeEach(ExtensionContext context) {
    ClassScope type = ClassScope.of(context);
    type.use(options);
    TestScope unused =
        store(context)
            .getOrComputeIfAbsent(
                context.getUniqueId(), key -> new TestScope(context, type), TestScope.class);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    TestScope test = store(context).remove(context.getUniqueId(), TestScope.class);
    if (test != null) {
      OwnServers servers = store(context).get(serversOf(context), OwnServers.class);
      test.judge(context.getExecutionException().isPresent(), servers);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return OwnServers.supports(parameter.getParameter().getType())
        && !(parameter.getDeclaringExecutable() instanceof Constructor)
        && isFirst(context);
  }

  /** One with options comes beside that of an annotation, and JUnit wants one that resolves. */
  private boolean isFirst(ExtensionContext context) {
    return store(context).getOrComputeIfAbsent("resolver", key -> this, NoLeaksExtension.class)
        == this;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return servers(context).get(parameter.getParameter().getType());
  }

  private static OwnServers servers(ExtensionContext context) {
    TestScope test = store(context).get(context.getUniqueId(), TestScope.class);
    if (test == null) {
      return ClassScope.of(context).servers();
    }
    LeakScope scope = test.scope();
    return store(context)
        .getOrComputeIfAbsent(serversOf(context), key -> new OwnServers(scope), OwnServers.class);
  }

  private static String serversOf(ExtensionContext context) {
    return "servers of " + context.getUniqueId();
  }

  /** Options of the check. Not thread-safe. */
  public static final class Builder {
    private final List<OptOut> allowed = new ArrayList<>();
    private Duration grace = LeakOptions.STRICT.grace();

    private Builder() {}

    /**
     * How long what is being closed elsewhere may still take when a test ends. By default 250 ms.
     * Only a test that has something open waits.
     *
     * @param time zero or more
     * @return this
     * @throws IllegalArgumentException if the time is negative
     */
    public Builder grace(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("grace must not be negative but is " + time);
      }
      grace = time;
      return this;
    }

    /**
     * Says that something is no leak. A class in which nothing needed this fails, so that what is
     * allowed does not outlive its reason.
     *
     * @param text a part of its report, such as a class and method of the place that opened it
     * @param reason why it is right that it stays open
     * @return this
     * @throws IllegalArgumentException if one of them is blank
     */
    public Builder allow(String text, String reason) {
      allowed.add(
          OptOut.allowed(
              Objects.requireNonNull(text, "text"), Objects.requireNonNull(reason, "reason")));
      return this;
    }

    /**
     * Builds the extension, for a static field with {@code @RegisterExtension}.
     *
     * @return a new extension with these options
     */
    public NoLeaksExtension build() {
      return new NoLeaksExtension(new LeakOptions(grace, List.copyOf(allowed)));
    }
  }
}
