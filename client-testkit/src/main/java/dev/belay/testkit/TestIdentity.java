package dev.belay.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** The test that a stack may have passed through. */
record TestIdentity(String className, String method, String name) {
  static TestIdentity of(ExtensionContext context) {
    return new TestIdentity(
        context.getRequiredTestClass().getName(),
        context.getRequiredTestMethod().getName(),
        context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
  }

  boolean isIn(Throwable stack) {
    for (StackTraceElement frame : stack.getStackTrace()) {
      if (frame.getClassName().equals(className) && frame.getMethodName().equals(method)) {
        return true;
      }
    }
    return false;
  }
}
