package dev.belay.testkit;

import java.io.IOException;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A leak made on purpose, once a run: if it is not found, no other would have been. A detector that
 * was switched off, or that JUnit never closed, would pass for a run without leaks.
 */
final class Canary {
  private static final Duration GRACE = Duration.ofMillis(1);
  private static final String REQUEST = "GET /canary HTTP/1.1\r\nHost: canary\r\n\r\n";

  private Canary() {}

  /** What is wrong with the detector; empty if nothing is. */
  static String missed(RunGate gate) {
    int found = gate.isOff() ? 0 : leaks().size();
    int expected = LedgerWitness.Presence.BELAY ? 2 : 1;
    return found >= expected
        ? ""
        : "the detector is not alive: of "
            + expected
            + " leaks made on purpose it found "
            + found
            + (gate.isOff() ? ", because belay.leaks is off" : "");
  }

  private static List<Leak> leaks() {
    TestIdentity canary = TestIdentity.ofMethod(Canary.class, "leak");
    LeakScope scope = new LeakScope(canary, GRACE, OptOut.none());
    try (TestServer server = TestServer.start(request -> Answer.of(200, "ok"));
        Socket socket = leak(scope, server)) {
      return socket.isConnected() ? foundBesidePool(scope) : List.of();
    } catch (IOException | RuntimeException e) {
      scope.abandon();
      return List.of();
    }
  }

  /** The pool comes last, so that none stays open where no server can be had. */
  private static List<Leak> foundBesidePool(LeakScope scope) {
    Object pool = leak(scope);
    try {
      return scope.end(LeakOptions.STRICT).leaks();
    } finally {
      Reference.reachabilityFence(pool);
    }
  }

  private static Object leak(LeakScope scope) {
    return scope.leakOnPurpose();
  }

  /** An answer that nobody has read to its end. */
  private static Socket leak(LeakScope scope, TestServer server) throws IOException {
    scope.add(server.witness());
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    int unused = socket.getInputStream().read();
    return socket;
  }
}
