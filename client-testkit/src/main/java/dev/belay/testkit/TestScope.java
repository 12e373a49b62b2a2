package dev.belay.testkit;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** One test: what is declared for it, and its verdict. Used by the thread of the test only. */
final class TestScope {
  private final ClassScope type;

  /** Declared on the method. */
  private final OptOut own;

  private final LeakScope scope;

  TestScope(ExtensionContext test, ClassScope type) {
    this.type = type;
    own =
        ClassScope.declaredAt(
            AnnotationSupport.findAnnotation(test.getRequiredTestMethod(), NoLeaks.Shared.class));
    OptOut shared = own.isDeclared() ? own : type.shared();
    scope = new LeakScope(TestIdentity.of(test), type.options().grace(), shared);
  }

  LeakScope scope() {
    return scope;
  }

  /**
   * @param failed whether the test has a failure of its own, which a leak only joins
   * @throws AssertionError that lists what the test left open
   */
  void judge(boolean failed, @Nullable OwnServers servers) throws IOException {
    LeakReport report = new LeakReport(scope.who.name(), type.gate());
    report.judge(scope, type.options());
    type.judged(failed || !report.isClean());
    if (servers != null && report.isClean() && type.shared().isDeclared() && !own.isDeclared()) {
      servers.giveTo(type.declaring());
    }
    if (!failed) {
      report.judgeOptOuts(List.of(own));
    }
    report.throwIfAny();
  }
}
