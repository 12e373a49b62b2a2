package dev.belay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Open files and sockets, as Unix counts them. */
final class DescriptorGauge implements Gauge {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  @Override
  public String what() {
    return "descriptors";
  }

  @Override
  public @Nullable String unknown() {
    try {
      long unused = ask();
      return null;
    } catch (JMException | ClassCastException e) {
      return "this JVM does not count them: " + e;
    }
  }

  /** By name, because the interface is not part of every JDK. */
  private static long ask() throws JMException {
    ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
    return (Long)
        ManagementFactory.getPlatformMBeanServer().getAttribute(system, "OpenFileDescriptorCount");
  }

  @Override
  public long read() {
    try {
      return ask();
    } catch (JMException e) {
      throw new IllegalStateException("descriptors could be counted a moment ago", e);
    }
  }

  @Override
  public double floor() {
    return 3;
  }

  @Override
  public Supplier<List<String>> mark() {
    Map<String, String> before = targets();
    return () -> {
      Map<String, String> now = targets();
      now.entrySet().removeAll(before.entrySet());
      Map<String, String> sockets = sockets();
      return Examples.of(now.values().stream().map(target -> kind(target, sockets)));
    };
  }

  /** Sockets and pipes have numbers, which tell nobody anything. */
  private static String kind(String target, Map<String, String> sockets) {
    int number = target.indexOf(":[");
    return number < 0 ? target : sockets.getOrDefault(target, target.substring(0, number));
  }

  /** What the sockets of TCP lead to, by what their descriptors are called. */
  private static Map<String, String> sockets() {
    Map<String, String> sockets = new HashMap<>();
    for (Path table : TABLES) {
      try (Stream<String> rows = Files.lines(table)) {
        rows.skip(1)
            .map(KernelSocket::parse)
            .forEach(socket -> sockets.put("socket:[" + socket.inode() + "]", text(socket)));
      } catch (IOException | UncheckedIOException e) {
        return sockets; // it is only for examples
      }
    }
    return sockets;
  }

  private static String text(KernelSocket socket) {
    return "socket to port " + socket.remotePort() + " in " + socket.stateName();
  }

  /** By descriptor; empty where there is no {@code /proc}. */
  private static Map<String, String> targets() {
    Map<String, String> targets = new HashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : all) {
        targets.put(descriptor.getFileName().toString(), target(descriptor));
      }
    } catch (IOException e) {
      return new HashMap<>();
    }
    return targets;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed since the directory was read";
    }
  }
}
