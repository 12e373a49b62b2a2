package dev.belay.client;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Where our threads come from: virtual ones from JDK 24, daemon threads before. None inherits
 * thread locals: the first caller's tenant or security context is not the next one's.
 */
final class Threads {
  /** Before JDK 24 (JEP 491) OkHttp's monitors pin a virtual thread to its carrier. */
  private static final int FIRST_WITHOUT_PINNING = 24;

  /** {@code Thread.ofVirtual()}, which the release that we compile for does not have. */
  private static final Optional<ThreadFactory> VIRTUAL = virtual();

  private Threads() {}

  private static Optional<ThreadFactory> virtual() {
    if (Runtime.version().feature() < FIRST_WITHOUT_PINNING) {
      return Optional.empty();
    }
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method inherit = type.getMethod("inheritInheritableThreadLocals", boolean.class);
      Object lonely = inherit.invoke(builder, false);
      return Optional.of((ThreadFactory) type.getMethod("factory").invoke(lonely));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("JDK 24 and later have Thread.ofVirtual()", e);
    }
  }

  static boolean areVirtual() {
    return VIRTUAL.isPresent();
  }

  static Thread unstarted(Runnable task, String name) {
    if (VIRTUAL.isEmpty()) {
      return daemon(task, name);
    }
    Thread thread = VIRTUAL.get().newThread(task);
    thread.setName(name);
    return thread;
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }
}
