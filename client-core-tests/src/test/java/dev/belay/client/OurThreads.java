package dev.belay.client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** The threads of Belay that live in this JVM, by the JVM's own account. */
final class OurThreads {
  /** From here on the JVM lists virtual threads too, where ours are virtual. */
  private static final int FIRST_WITH_DUMP = 21;

  /** A thread's line in a dump: {@code #42 "belay-connection …" virtual}. */
  private static final Pattern NAME = Pattern.compile("(?m)^#\\d+ \"(belay-[^\"]*)\"");

  private OurThreads() {}

  /** Their names; without those of test servers, which are called after us. */
  static List<String> names() throws IOException {
    return Runtime.version().feature() < FIRST_WITH_DUMP ? platform() : withoutServers(dumped());
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

  private static Stream<String> dumped() throws IOException {
    Path folder = Files.createTempDirectory("threads");
    Path file = folder.resolve("dump");
    try {
      dumpTo(file);
      return NAME.matcher(Files.readString(file)).results().map(OurThreads::name);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static String name(MatchResult line) {
    return line.group(1);
  }

  /** By name, because the release that the tests are compiled for does not have the method. */
  private static void dumpTo(Path file) throws IOException {
    try {
      Object unused =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                  "dumpThreads",
                  new Object[] {file.toString(), "TEXT_PLAIN"},
                  new String[] {String.class.getName(), String.class.getName()});
    } catch (JMException e) {
      throw new IOException("this JVM does not list its threads", e);
    }
  }
}
