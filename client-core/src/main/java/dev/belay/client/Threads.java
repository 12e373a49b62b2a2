package dev.belay.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/** Where our threads come from: virtual ones from JDK 24, daemon threads before. */
final class Threads {
  /** Before JDK 24 (JEP 491) OkHttp's monitors pin a virtual thread to its carrier. */
  private static final int FIRST_WITHOUT_PINNING = 24;

  /** {@code Thread.startVirtualThread}, which the release that we compile for does not have. */
  private static final Optional<MethodHandle> START_VIRTUAL = startVirtual();

  private Threads() {}

  private static Optional<MethodHandle> startVirtual() {
    if (Runtime.version().feature() < FIRST_WITHOUT_PINNING) {
      return Optional.empty();
    }
    try {
      MethodType type = MethodType.methodType(Thread.class, Runnable.class);
      return Optional.of(
          MethodHandles.publicLookup().findStatic(Thread.class, "startVirtualThread", type));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("JDK 24 and later have Thread.startVirtualThread", e);
    }
  }

  static boolean areVirtual() {
    return START_VIRTUAL.isPresent();
  }

  static void start(Runnable task, String name) {
    if (START_VIRTUAL.isEmpty()) {
      daemon(task, name).start();
      return;
    }
    Runnable named =
        () -> {
          Thread.currentThread().setName(name);
          task.run();
        };
    try {
      Thread unused = (Thread) START_VIRTUAL.get().invokeExact(named);
    } catch (Throwable e) {
      throw new IllegalStateException("could not start a virtual thread", e);
    }
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
