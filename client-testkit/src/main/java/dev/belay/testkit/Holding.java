package dev.belay.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something of Belay that is open.
 *
 * @param openedAt the stack of its opener, and its identity
 * @param text what it is and who opened it, in one line
 * @param what for a call or response its method and address, else empty
 * @param place the line that opened it
 * @param localPort of the connection that it holds, or zero
 * @param poolPorts the ports of all connections of its pool
 */
record Holding(
    Throwable openedAt,
    String kind,
    String text,
    String what,
    String place,
    String thread,
    Duration age,
    int localPort,
    List<Ports> poolPorts) {

  /** Whether its address leads there. */
  boolean leadsTo(int port) {
    return what.contains(":" + port + "/") || what.endsWith(":" + port);
  }

  /**
   * Of one connection. The local one alone does not name it: the kernel may use it for several
   * connections, if they lead to different servers.
   */
  record Ports(int local, int remote) {}

  /** Of the connection that it holds. */
  Optional<Ports> ownPorts() {
    return poolPorts.stream()
        .filter(ports -> ports.local() == localPort && leadsTo(ports.remote()))
        .findFirst();
  }

  /** Whether connections of its pool are its own: a call has one, and a scope none. */
  boolean hasPool() {
    return kind.equals("pool") || kind.equals("client");
  }

  /** The class that was being initialised, for longer than one test; empty if none was. */
  String initialized() {
    for (StackTraceElement frame : openedAt.getStackTrace()) {
      if (frame.getMethodName().equals("<clinit>")) {
        return frame.getClassName();
      }
    }
    return "";
  }

  Leak leak(@Nullable KernelView kernel) {
    String remote = localPort == 0 ? "" : "local port " + localPort;
    return new Leak(
        text, verdict(), place, thread, remote, kernel == null ? "" : kernel.text(), remedy());
  }

  private String verdict() {
    return switch (kind) {
      case "response" -> "unread answer";
      case "call" -> "running call";
      default -> "open " + kind;
    };
  }

  private String remedy() {
    return switch (kind) {
      case "response" -> "close the response, best with try (Response r = client.open(…)) { … }";
      case "scope" -> "close the scope, best with try (CallScope s = client.openScope(…)) { … }";
      case "call" -> "wait for the call, or cancel it, before the test ends";
      default -> "close the " + kind + ", best with try (… = ….build()) { … }";
    };
  }
}
