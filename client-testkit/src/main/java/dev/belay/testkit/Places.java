package dev.belay.testkit;

import java.util.List;
import java.util.Set;

/** Finds the line of a user's code in a stack. */
final class Places {
  private static final List<String> LIBRARIES =
      List.of(
          "okhttp3.",
          "okio.",
          "retrofit2.",
          "org.springframework.",
          "kotlin.",
          "java.",
          "jdk.",
          "sun.");

  /** By name, because they cannot be loaded without OkHttp. */
  private static final Set<String> OURS =
      Set.of(
          "dev.belay.testkit.OkHttpLeaks",
          "dev.belay.testkit.OkHttpOpener",
          "dev.belay.testkit.ForwardingEventListener",
          "dev.belay.testkit.Openers$Call");

  private Places() {}

  /** The first frame that is not of a library; empty without any. */
  static String firstOfUser(Throwable stack) {
    for (StackTraceElement frame : stack.getStackTrace()) {
      if (isOfUser(frame.getClassName())) {
        return frame.toString();
      }
    }
    return "";
  }

  private static boolean isOfUser(String type) {
    return !OURS.contains(type) && LIBRARIES.stream().noneMatch(type::startsWith);
  }
}
