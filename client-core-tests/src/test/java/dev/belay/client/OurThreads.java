package dev.belay.client;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The threads of Belay that live in this JVM, by the JVM's own account. */
final class OurThreads {
  /** From here on the JVM lists virtual threads too, where ours are virtual. */
  private static final int FIRST_WITH_LIST = 21;

  private OurThreads() {}

  /** Their names; without those of test servers, which are called after us. */
  static List<String> names() throws IOException {
    return Runtime.version().feature() < FIRST_WITH_LIST ? platform() : withoutServers(listed());
  }

  /** Those of them that are threads of the system, which costs less to ask for. */
  static List<String> platform() {
    return withoutServers(
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("belay-")));
  }

  private static List<String> withoutServers(Stream<String> names) {
    return names.filter(name -> !name.startsWith("belay-test-server-")).toList();
  }

  /**
   * Of the list that a dump is made of. A dump looks at the stack of each thread as well, and of a
   * virtual one that ends meanwhile JDK 25 looks at what is not there any more, and dies.
   */
  @SuppressWarnings("unchecked")
  private static Stream<String> listed() throws IOException {
    try {
      Object root = called("jdk.internal.vm.ThreadContainers", "root", null);
      Stream<Thread> threads =
          (Stream<Thread>) called("jdk.internal.vm.ThreadContainer", "threads", root);
      return threads.map(Thread::getName).filter(name -> name.startsWith("belay-"));
    } catch (ReflectiveOperationException e) {
      throw new IOException("this JVM does not list its threads", e);
    }
  }

  /** By name, because the release that the tests are compiled for does not have it. */
  private static Object called(String type, String method, @Nullable Object of)
      throws ReflectiveOperationException {
    Method found = Class.forName(type).getMethod(method);
    found.setAccessible(true);
    return found.invoke(of);
  }
}
