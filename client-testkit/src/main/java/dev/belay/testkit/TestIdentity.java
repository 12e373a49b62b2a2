package dev.belay.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test, or a class of tests, that a stack may have passed through.
 *
 * @param method empty for a class
 * @param thread the name of the thread that runs the test with all that is before and after each;
 *     empty where threads have no names, as virtual ones
 */
record TestIdentity(String className, String method, String name, String thread) {
  static TestIdentity of(ExtensionContext test) {
    String type = test.getRequiredTestClass().getSimpleName();
    String method = test.getRequiredTestMethod().getName();
    String shown = test.getDisplayName();
    return new TestIdentity(
        test.getRequiredTestClass().getName(),
        method,
        type + "." + (shown.startsWith(method) ? shown : method + " " + shown),
        Thread.currentThread().getName());
  }

  static TestIdentity ofMethod(Class<?> type, String method) {
    String thread = Thread.currentThread().getName();
    return new TestIdentity(type.getName(), method, type.getSimpleName() + "." + method, thread);
  }

  static TestIdentity ofClass(Class<?> type) {
    return new TestIdentity(
        type.getName(), "", type.getSimpleName(), Thread.currentThread().getName());
  }

  boolean isClass() {
    return method.isEmpty();
  }

  boolean isThread(String opener) {
    return !thread.isEmpty() && thread.equals(opener);
  }

  /** Whether a frame is of it: of the class, or of the method and what is written inside it. */
  boolean isIn(Throwable stack) {
    for (StackTraceElement frame : stack.getStackTrace()) {
      if (isOfClass(frame.getClassName()) && isOfMethod(frame.getMethodName())) {
        return true;
      }
    }
    return false;
  }

  boolean isOfClass(String type) {
    return type.equals(className) || (isClass() && type.startsWith(className + "$"));
  }

  /** Whether JUnit ran something there that is not of this class. */
  boolean isOfAnother(Throwable stack) {
    boolean ran = false;
    for (StackTraceElement frame : stack.getStackTrace()) {
      if (isOfClass(frame.getClassName())) {
        return false;
      }
      ran |= frame.getClassName().startsWith("org.junit.");
    }
    return ran;
  }

  /**
   * Whether both are written in one top-level class, so that they do not begin beside each other.
   */
  boolean isBeside(TestIdentity other) {
    return !outermost().equals(other.outermost());
  }

  private String outermost() {
    int nested = className.indexOf('$');
    return nested < 0 ? className : className.substring(0, nested);
  }

  private boolean isOfMethod(String frame) {
    return isClass() || frame.equals(method) || frame.startsWith("lambda$" + method + "$");
  }
}
