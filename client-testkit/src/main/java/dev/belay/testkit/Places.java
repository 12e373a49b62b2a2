package dev.belay.testkit;

/** Finds the line of a user's code in a stack. */
final class Places {
  private static final String[] LIBRARIES = {
    "dev.belay.testkit.OkHttpLeaks",
    "dev.belay.testkit.Openers",
    "okhttp3.",
    "okio.",
    "retrofit2.",
    "org.springframework.",
    "kotlin.",
    "java.",
    "jdk.",
    "sun."
  };

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
    for (String library : LIBRARIES) {
      if (type.startsWith(library)) {
        return false;
      }
    }
    return true;
  }
}
