package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A class of tests: what is declared for all of them, and what was opened for all of them, which is
 * judged when its last {@code @AfterAll} method has run. In the store of the class, which JUnit
 * closes then, also for a class of which only methods are annotated.
 */
final class ClassScope implements Store.CloseableResource, AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create(ClassScope.class);

  private final RunGate gate;
  private final OptOut shared;
  private final LeakScope scope;
  private final OwnServers servers;

  /** Servers of tests that a shared client still holds; added by tests, closed at the end. */
  private final Queue<Closeable> kept = new ConcurrentLinkedQueue<>();

  /** Set by a test that failed: it may not have come to what an opt-out is for. */
  private final AtomicBoolean failed = new AtomicBoolean();

  /** Written before the tests of the class run, by the thread that begins it. */
  private volatile LeakOptions options = LeakOptions.STRICT;

  private ClassScope(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    gate = RunGate.of(context);
    shared = declaredAt(AnnotationSupport.findAnnotation(type, NoLeaks.Shared.class));
    scope = new LeakScope(TestIdentity.ofClass(type), LeakOptions.STRICT.grace(), OptOut.none());
    servers = new OwnServers(scope);
  }

  static OptOut declaredAt(Optional<NoLeaks.Shared> declaration) {
    return declaration.map(shared -> OptOut.shared(shared.reason())).orElseGet(OptOut::none);
  }

  /** Of the class, or of the class of a test. */
  static ClassScope of(ExtensionContext context) {
    ExtensionContext type = context;
    while (type.getTestMethod().isPresent() && type.getParent().isPresent()) {
      type = type.getParent().get();
    }
    ExtensionContext found = type;
    return found
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(found.getUniqueId(), key -> new ClassScope(found), ClassScope.class);
  }

  RunGate gate() {
    return gate;
  }

  OptOut shared() {
    return shared;
  }

  LeakOptions options() {
    return options;
  }

  void use(LeakOptions chosen) {
    if (!chosen.isStrict()) {
      options = chosen;
    }
  }

  void failed() {
    failed.set(true);
  }

  /** Of the class itself, open until it is judged. */
  OwnServers servers() {
    return servers;
  }

  /** The connections of shared clients to the server of a test are judged with those clients. */
  void keep(Closeable server, PortWitness port) {
    kept.add(server);
    scope.add(port);
  }

  @Override
  public void close() throws IOException {
    try {
      LeakReport report = new LeakReport(scope.who.name(), gate);
      report.judge(scope, options);
      if (!failed.get()) {
        List<OptOut> declared = new ArrayList<>(options.allowed());
        declared.add(shared);
        report.judgeOptOuts(declared);
      }
      report.throwIfAny();
    } finally {
      closeServers();
    }
  }

  private void closeServers() throws IOException {
    servers.close();
    for (Closeable server : kept) {
      server.close();
    }
  }
}
