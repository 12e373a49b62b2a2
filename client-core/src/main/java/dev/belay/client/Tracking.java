package dev.belay.client;

import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Takes the stacks that name the line which opened something. */
final class Tracking {
  private static final int SAMPLE = 128;

  /** Enough to tell one caller from another; a whole stack would weigh two kilobytes. */
  private static final int NEAREST = 8;

  private static final ProtectionDomain OURS = Tracking.class.getProtectionDomain();
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final String OWN = "dev.belay.client.";
  private static final String[] LIBRARIES = {
    "dev.belay.uazapi.", "okhttp3.", "okio.", "retrofit2.", "java."
  };

  /** Who asked for every stack in this JVM; added and removed by any thread, read by all. */
  private static final Set<Object> FULL_FOR = ConcurrentHashMap.newKeySet();

  private Tracking() {}

  /** Takes every stack in this JVM until what it returns is run. */
  static Runnable everywhere() {
    Object token = new Object();
    FULL_FOR.add(token);
    return () -> FULL_FOR.remove(token);
  }

  /** The name of this thread, where it is to be remembered. */
  static String opener(TrackingLevel level) {
    return level == TrackingLevel.OFF ? "a thread" : Thread.currentThread().getName();
  }

  /** For a call: seldom, because most calls end by themselves. */
  static @Nullable Throwable ofCall(TrackingLevel level) {
    boolean take =
        level == TrackingLevel.FULL
            || !FULL_FOR.isEmpty()
            || (level == TrackingLevel.SAMPLED && ThreadLocalRandom.current().nextInt(SAMPLE) == 0);
    return take ? new OpenedHere() : null;
  }

  /** For what stays open until somebody closes it: always, unless switched off. */
  static @Nullable Throwable ofOpen(TrackingLevel level) {
    boolean take = level.compareTo(TrackingLevel.COUNT) > 0 || !FULL_FOR.isEmpty();
    return take ? new OpenedHere() : null;
  }

  /** For a scope, client or pool, of which there may be thousands: the nearest frames only. */
  static @Nullable Throwable ofNode(TrackingLevel level) {
    return level == TrackingLevel.SAMPLED && FULL_FOR.isEmpty() ? nearest() : ofOpen(level);
  }

  private static Throwable nearest() {
    StackTraceElement[] frames =
        WALKER.walk(
            all ->
                all.dropWhile(frame -> isOurs(frame.getDeclaringClass()))
                    .limit(NEAREST)
                    .map(StackWalker.StackFrame::toStackTraceElement)
                    .toArray(StackTraceElement[]::new));
    return new NearestFrames(frames);
  }

  static String firstForeignFrame(Throwable openedAt) {
    StackTraceElement[] frames = openedAt.getStackTrace();
    for (StackTraceElement frame : frames) {
      if (isForeign(frame.getClassName())) {
        return frame.toString();
      }
    }
    return frames.length == 0 ? "" : frames[frames.length - 1].toString();
  }

  private static boolean isForeign(String className) {
    if (className.startsWith(OWN)) {
      return !isOurs(className);
    }
    for (String library : LIBRARIES) {
      if (className.startsWith(library)) {
        return false;
      }
    }
    return true;
  }

  /** By jar and package: a user's test may live in our package, or our classes in his jar. */
  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith(OWN) && type.getProtectionDomain() == OURS;
  }

  /** Like {@link #isOurs(Class)}, where only the name of the class is known. */
  private static boolean isOurs(String className) {
    CodeSource ours = OURS.getCodeSource();
    URL found = Tracking.class.getResource("/" + className.replace('.', '/') + ".class");
    return ours == null || found == null || found.toString().contains(ours.getLocation().getPath());
  }

  /** A stack that is never thrown; its frames are materialised only when somebody reads them. */
  static class OpenedHere extends Throwable {
    private static final long serialVersionUID = 1;

    OpenedHere() {
      super("opened here", null, false, true);
    }
  }

  /** The same, of the one who closed. */
  static final class ClosedHere extends Throwable {
    private static final long serialVersionUID = 1;

    ClosedHere() {
      super("closed here", null, false, true);
    }
  }

  /** Frames that were walked instead of taken with the whole stack. */
  private static final class NearestFrames extends OpenedHere {
    private static final long serialVersionUID = 1;

    NearestFrames(StackTraceElement[] frames) {
      setStackTrace(frames);
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
