package dev.belay.testkit;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@link NoLeaks} switches on; that annotation is the way to use it.
 *
 * <p>Has no state of its own: everything is in the store of the test, so that tests may run in
 * parallel.
 */
public final class NoLeaksExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(NoLeaksExtension.class);

  /** Made by JUnit. */
  public NoLeaksExtension() {}

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (BelayWitness.isPresent()) {
      store(context).put(BelayWitness.class, BelayWitness.start(TestIdentity.of(context)));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    BelayWitness witness = store(context).remove(BelayWitness.class, BelayWitness.class);
    if (witness != null) {
      witness.verdict();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestServer.class
        && parameter.getDeclaringExecutable() instanceof Method;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context)
        .getOrComputeIfAbsent(ServerOfTest.class, key -> new ServerOfTest(), ServerOfTest.class)
        .server;
  }

  /** Closed by the store, which happens after every callback and so after the verdict. */
  static final class ServerOfTest implements Store.CloseableResource, AutoCloseable {
    final TestServer server = TestServer.start(request -> Answer.of(200, "ok"));

    @Override
    public void close() {
      server.close();
    }
  }
}
