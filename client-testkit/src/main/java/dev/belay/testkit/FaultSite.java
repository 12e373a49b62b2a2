package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** All that a {@link FaultServer} has for one fault: ports of its own, and the books. */
final class FaultSite implements Closeable {

  private final Fault fault;
  private final boolean secure;
  private final FaultCount count = new FaultCount();
  private final DeadPort dead = new DeadPort();
  private final FaultPort port;
  private final FaultPort otherPort;

  FaultSite(Fault fault, boolean secure, ServerThreads threads) throws IOException {
    this.fault = fault;
    this.secure = secure || fault.layer() == Fault.Layer.TLS;
    port = new FaultPort(fault.label(), count, threads, this::serve);
    otherPort = new FaultPort(fault.label() + "-elsewhere", count, threads, this::serveOther);
  }

  FaultSite start() throws IOException {
    switch (fault) {
      case REFUSED -> dead.refuse();
      case BLACKHOLE -> dead.drop();
      case REDIRECT_CROSS, REDIRECT_PORT, REDIRECT_DOWNGRADE -> {
        port.listen(false);
        otherPort.listen(false);
      }
      default -> port.listen(fault == Fault.NOREAD);
    }
    return this;
  }

  FaultCount count() {
    return count;
  }

  /** Whether a second client would find nobody here, because a first one has been here. */
  boolean isUsedUp() {
    return port.isClosed();
  }

  /** The origin, without a slash at its end. */
  String here() {
    int number = dead.isBound() ? dead.number() : port.number();
    return scheme(secure) + "127.0.0.1:" + number;
  }

  /** Another origin, which listens too. */
  String elsewhere(String host) {
    return scheme(isOtherSecure()) + host + ":" + otherPort.number();
  }

  private static String scheme(boolean secure) {
    return secure ? "https://" : "http://";
  }

  private boolean isOtherSecure() {
    return secure && fault != Fault.REDIRECT_DOWNGRADE;
  }

  void closePort() {
    port.close();
  }

  private void serve(Socket accepted, int number) throws IOException {
    WrongConnections.Script early = WrongConnections.beforeTls().get(fault);
    if (early != null) {
      early.play(FaultLine.clear(accepted));
      return;
    }
    boolean streams = fault.layer() == Fault.Layer.HTTP_2;
    FaultLine line = line(accepted, secure, streams ? "h2" : null);
    WrongConnections.Script late = WrongConnections.afterTls().get(fault);
    if (late != null) {
      late.play(line);
    } else if (streams) {
      new FaultStreams(line, count, FaultScripts.ofStream(fault)).serve();
    } else {
      talk(new FaultTalk(line, number));
    }
  }

  private FaultLine line(Socket accepted, boolean tls, @Nullable String protocol)
      throws IOException {
    return tls
        ? FaultLine.secured(accepted, FaultIdentity.of(fault).secure(accepted, protocol))
        : FaultLine.clear(accepted);
  }

  private void talk(FaultTalk talk) throws IOException {
    for (Received head = talk.next(); head != null; head = talk.next()) {
      boolean faulty = !head.path().equals("/");
      int number = faulty ? count.requested() : 0;
      if (!BrokenAnswers.withoutRequestBody().contains(fault)) {
        talk.skipBody(head);
      }
      FaultExchange exchange = new FaultExchange(this, talk.line(), head, number, talk.heads());
      if (faulty) {
        FaultScripts.of(fault).answer(exchange);
      } else {
        exchange.answerWell();
      }
    }
  }

  private void serveOther(Socket accepted, int number) throws IOException {
    FaultTalk talk = new FaultTalk(line(accepted, isOtherSecure(), null), number);
    for (Received head = talk.next(); head != null; head = talk.next()) {
      count.strayed(head);
      talk.skipBody(head);
      talk.line().send(FaultExchange.OK + "Content-Length: 9\r\n\r\nelsewhere");
    }
  }

  @Override
  public void close() {
    port.close();
    otherPort.close();
    dead.close();
    count.closeAll();
  }
}
