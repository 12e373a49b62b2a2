package dev.belay.benchmarks.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The TCP sockets of this process, as Linux counts them. */
final class TcpSockets {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path NET = Path.of("/proc/self/net");

  private static final Pattern BLANKS = Pattern.compile(" +");

  /** The column of a row of {@code tcp} that has the inode (proc_pid_net(5)), from 0. */
  private static final int INODE = 9;

  private TcpSockets() {}

  /** Empty where the kernel cannot be asked. */
  static OptionalInt open() {
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      Set<String> known = new HashSet<>();
      addInodes(NET.resolve("tcp"), known);
      addInodes(NET.resolve("tcp6"), known);
      // Java keeps a socket of another family for itself, once it has closed its first one.
      return OptionalInt.of(
          (int) descriptors.map(TcpSockets::target).filter(known::contains).count());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** There is no table for IPv6 where that is switched off. */
  private static void addInodes(Path table, Set<String> target) throws IOException {
    if (Files.exists(table)) {
      try (Stream<String> rows = Files.lines(table)) {
        rows.skip(1).map(TcpSockets::inode).forEach(target::add);
      }
    }
  }

  private static String inode(String row) {
    return "socket:[" + BLANKS.split(row.strip(), INODE + 2)[INODE] + "]";
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed since the directory was read";
    }
  }
}
