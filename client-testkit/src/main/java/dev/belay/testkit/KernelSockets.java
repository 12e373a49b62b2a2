package dev.belay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the Linux kernel says about the TCP sockets of this process, whoever opened them.
 *
 * <p>Meant for a client and a server in one process: sockets are selected by the port at the other
 * end, so the server's accepted sockets, which have that port at their own end, are not among them.
 * Sockets in {@code TIME_WAIT} or otherwise given up by the process are not counted.
 *
 * <p>A count is never above the truth: it lists sockets that were all open at one instant. One
 * reading takes about 10 to 20 ms, nearly all of it in the kernel. Thread-safe.
 */
public final class KernelSockets {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  private KernelSockets() {}

  /**
   * Whether this machine can be asked: it is Linux with {@code /proc} mounted.
   *
   * @return false on other systems, where {@link #to} throws
   */
  public static boolean isAvailable() {
    return Files.isReadable(TABLES.get(0)) && Files.isDirectory(DESCRIPTORS);
  }

  /**
   * Counts this process's sockets to a port of the loopback interface, over IPv4 or IPv6.
   *
   * @param remotePort the port at the other end
   * @return the sockets by state
   * @throws UncheckedIOException if the kernel's tables cannot be read, as on systems that are not
   *     Linux
   */
  public static Count to(int remotePort) {
    try {
      // The descriptors come second. A socket in both was open between the two readings, so all
      // counted ones were open at one instant, although neither reading is a snapshot.
      Map<String, KernelSocket> sockets = new HashMap<>();
      readTables(rows -> addTo(sockets, rows, remotePort));
      Set<String> mine = socketsOfThisProcess().keySet();
      return Count.of(
          sockets.values().stream().filter(socket -> mine.contains(socket.inode())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel's socket tables cannot be read", e);
    }
  }

  /**
   * The sockets of this process with these pairs of ports. A local port alone does not name one:
   * the kernel may use it for connections to several remote ones.
   *
   * @return without those that this process does not hold any more, and empty where the kernel
   *     cannot be asked
   */
  static Map<Holding.Ports, KernelView> view(Collection<Holding.Ports> wanted) {
    Map<Holding.Ports, KernelView> views = new HashMap<>();
    if (wanted.isEmpty()) {
      return views;
    }
    Set<Holding.Ports> pairs = Set.copyOf(wanted);
    List<String> words = pairs.stream().map(p -> KernelSocket.portInRow(p.local())).toList();
    try {
      Map<String, KernelSocket> sockets = new HashMap<>();
      readTables(
          rows ->
              rows.filter(
                      row -> words.stream().anyMatch(row::contains)) // parsing all takes as long
                  .map(KernelSocket::parse)
                  .filter(socket -> pairs.contains(socket.ports()))
                  .forEach(socket -> sockets.put(socket.inode(), socket)));
      if (!sockets.isEmpty()) {
        addTo(views, sockets.values());
      }
    } catch (IOException | UncheckedIOException e) {
      // Not Linux, or no permission: the view is one witness of several.
    }
    return views;
  }

  private static void addTo(Map<Holding.Ports, KernelView> views, Collection<KernelSocket> sockets)
      throws IOException {
    Map<String, Integer> mine = socketsOfThisProcess();
    for (KernelSocket socket : sockets) {
      Integer descriptor = mine.get(socket.inode());
      if (descriptor != null) {
        views.put(socket.ports(), new KernelView(descriptor, socket.stateName(), socket.unread()));
      }
    }
  }

  private static void readTables(Consumer<Stream<String>> reader) throws IOException {
    for (Path table : TABLES) {
      if (Files.exists(table)) {
        try (Stream<String> rows = Files.lines(table)) {
          reader.accept(rows.skip(1));
        }
      }
    }
  }

  /**
   * Once each, by inode: a table takes many reads, and when others open and close sockets between
   * them the kernel loses its place and lists the same ones again.
   */
  static void addTo(Map<String, KernelSocket> found, Stream<String> rows, int remotePort) {
    rows.map(KernelSocket::parse)
        .filter(socket -> socket.remotePort() == remotePort && socket.isToLoopback())
        .forEach(socket -> found.put(socket.inode(), socket));
  }

  /** Their descriptors by their inodes. */
  private static Map<String, Integer> socketsOfThisProcess() throws IOException {
    Map<String, Integer> inodes = new HashMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          inodes.put(
              target.substring("socket:[".length(), target.length() - 1),
              Integer.valueOf(descriptor.getFileName().toString()));
        }
      }
    }
    return inodes;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return "closed since the directory was read";
    }
  }

  /**
   * Sockets by the state of their connection.
   *
   * @param connecting {@code SYN_SENT}: the other end has not answered yet
   * @param established open in both directions
   * @param closeWait {@code CLOSE_WAIT}: the other end has closed, this process has not
   */
  public record Count(int connecting, int established, int closeWait) {

    private static Count of(List<KernelSocket> sockets) {
      return new Count(
          number(sockets, KernelSocket.SYN_SENT),
          number(sockets, KernelSocket.ESTABLISHED),
          number(sockets, KernelSocket.CLOSE_WAIT));
    }

    private static int number(List<KernelSocket> sockets, int state) {
      return (int) sockets.stream().filter(socket -> socket.state() == state).count();
    }

    /**
     * All sockets that this process holds to the port, in whichever of the three states.
     *
     * @return the sum
     */
    public int open() {
      return connecting + established + closeWait;
    }
  }
}
