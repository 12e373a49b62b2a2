package dev.belay.leaks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;

/**
 * What became of a test, a class or the run.
 *
 * @param name {@code Class.method} of a test, {@code Class} of a class, {@code run} of the run
 */
record Outcome(String name, boolean test, Optional<Throwable> failure) {

  static Outcome of(TestIdentifier test, TestExecutionResult result) {
    return new Outcome(
        test.getSource().map(Outcome::nameOf).orElse("run"), test.isTest(), result.getThrowable());
  }

  private static String nameOf(TestSource source) {
    if (source instanceof MethodSource method) {
      return simple(method.getClassName()) + "." + method.getMethodName();
    }
    return source instanceof ClassSource type ? simple(type.getClassName()) : source.toString();
  }

  private static String simple(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }

  boolean failed() {
    return failure.isPresent();
  }

  /** What the failure says, or what is suppressed in it if it is the test's own. */
  List<String> messages() {
    return failure.stream()
        .flatMap(f -> Stream.concat(Stream.of(f), Arrays.stream(f.getSuppressed())))
        .map(Throwable::getMessage)
        .map(String::valueOf)
        .toList();
  }
}
