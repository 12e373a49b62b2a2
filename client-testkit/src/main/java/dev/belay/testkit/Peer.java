package dev.belay.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A connection of a client that keeps no ledger, to a port of the test.
 *
 * @param seen by the server
 * @param givenUp whether the server has ended it, so that only the kernel knows of the client's
 *     half
 * @param opener told by a listener in the client; null without one
 * @param kernel null where the kernel was not asked or does not know it
 */
record Peer(
    int port,
    PeerConnection seen,
    boolean givenUp,
    @Nullable Opener opener,
    @Nullable KernelView kernel) {

  static Peer of(int port, PeerConnection seen, boolean givenUp) {
    return new Peer(port, seen, givenUp, Openers.of(seen.clientPort(), port), null);
  }

  Peer with(@Nullable KernelView view) {
    return new Peer(port, seen, givenUp, opener, view);
  }

  Holding.Ports ports() {
    return new Holding.Ports(clientPort(), port);
  }

  int clientPort() {
    return seen.clientPort();
  }

  /** Whether there is an answer that nobody has read or closed. */
  boolean isUnread() {
    boolean held = opener != null && !opener.ended();
    return isAnswering() || held || (kernel != null && kernel.unread() > 0);
  }

  private boolean isAnswering() {
    return seen.answering() && !givenUp;
  }

  /** Whether its client could not close it even if its user wanted to. */
  boolean isOfUncloseable() {
    return !kind().canBeClosed();
  }

  /** Whether both of its halves are closed. */
  boolean isGone() {
    return givenUp && kernel == null;
  }

  Leak leak() {
    return new Leak(
        what(), verdict(), place(), thread(), remote(), state(), kind().remedy(isUnread()));
  }

  ClientKind kind() {
    return ClientKind.of(seen.agent());
  }

  private String what() {
    String agent = seen.agent().isEmpty() ? "a client" : seen.agent();
    String request = seen.request().isEmpty() ? "" : ", last for " + seen.request();
    String opened = opener == null ? "" : ", opened by " + thread() + " at " + place();
    return "connection of "
        + agent
        + request
        + ", open for "
        + seen.age().toMillis()
        + " ms"
        + opened;
  }

  private String verdict() {
    if (isUnread()) {
      return "unread answer";
    }
    return givenUp ? "half closed: the server has ended it" : "idle connection";
  }

  private String place() {
    return opener == null ? "" : Places.firstOfUser(opener.openedAt());
  }

  private String thread() {
    return opener == null ? "" : opener.thread();
  }

  private String remote() {
    return "127.0.0.1:" + clientPort() + " to the test's port " + port;
  }

  private String state() {
    String server = isAnswering() ? "the server is still answering" : "";
    if (kernel == null) {
      return server;
    }
    return server.isEmpty() ? kernel.text() : server + "; " + kernel.text();
  }
}
