package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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

  /** The enclosing class, if it is judged too; what it declares holds here as well. */
  private final @Nullable ClassScope outer;

  /** Servers of tests that a shared client still holds; added by tests, closed at the end. */
  private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

  /** Set by the first test that was judged; without one no opt-out can have been needed. */
  private final AtomicBoolean judged = new AtomicBoolean();

  /** Set by a test that failed: it may not have come to what an opt-out is for. */
  private final AtomicBoolean failed = new AtomicBoolean();

  /** Written by the thread that begins the class, and the same again by each test; read by all. */
  private volatile LeakOptions options = LeakOptions.STRICT;

  private record Kept(Closeable server, PortWitness port) {}

  private ClassScope(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    gate = RunGate.of(context);
    outer = context.getParent().map(ClassScope::existing).orElse(null);
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

  private static @Nullable ClassScope existing(ExtensionContext type) {
    return type.getStore(NAMESPACE).get(type.getUniqueId(), ClassScope.class);
  }

  RunGate gate() {
    return gate;
  }

  OptOut shared() {
    return declaring().shared;
  }

  /** The one whose declaration of shared clients holds here, and who judges them. */
  ClassScope declaring() {
    return shared.isDeclared() || outer == null ? this : outer.declaring();
  }

  LeakOptions options() {
    return options;
  }

  void use(LeakOptions chosen) {
    if (!chosen.isStrict()) {
      options = chosen;
    }
  }

  /** A test here, or in a class in here, has its verdict. */
  void judged(boolean hasFailed) {
    judged.set(true);
    if (hasFailed) {
      failed.set(true);
    }
    if (outer != null) {
      outer.judged(hasFailed);
    }
  }

  /** Of the class itself, open until it is judged. */
  OwnServers servers() {
    return servers;
  }

  /**
   * The connections of shared clients to the server of a test are judged with those clients.
   * Servers that none of them holds any more go, or a class of thousands of tests would keep as
   * many.
   */
  void keep(Closeable server, PortWitness port) throws IOException {
    for (Kept one : List.copyOf(kept)) {
      if (one.port().open().isEmpty() && kept.remove(one)) {
        scope.remove(one.port());
        one.server().close();
      }
    }
    kept.add(new Kept(server, port));
    scope.add(port);
  }

  @Override
  public void close() throws IOException {
    try {
      LeakReport report = new LeakReport(scope.who.name(), gate);
      report.judge(scope, options);
      if (judged.get() && !failed.get()) {
        report.judgeOptOuts(ownOptOuts());
      }
      report.throwIfAny();
    } finally {
      closeServers();
    }
  }

  /** Those of an enclosing class may be needed by another one in it. */
  private List<OptOut> ownOptOuts() {
    List<OptOut> own = new ArrayList<>();
    if (outer == null || !outer.options.equals(options)) {
      own.addAll(options.allowed());
    }
    own.add(shared);
    return own;
  }

  private void closeServers() throws IOException {
    servers.close();
    for (Kept one : kept) {
      one.server().close();
    }
  }
}
