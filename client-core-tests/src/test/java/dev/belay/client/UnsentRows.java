package dev.belay.client;

import static dev.belay.client.OutcomeCase.when;
import static dev.belay.client.OutcomeRow.row;
import static okhttp3.internal.http2.ErrorCode.REFUSED_STREAM;

import java.util.List;

/** The rows of the outcome table in which the server has seen nothing of the request. */
final class UnsentRows {
  private UnsentRows() {}

  static List<OutcomeRow> rows() {
    return List.of(
        ofTheClient(),
        row(
            2,
            "no address",
            everyTime("unknown host", Scenes.unknownHost(), noConnection(Phase.DNS))),
        row(
            3,
            "no connection",
            everyTime("refused", Scene.of(FailingServer::gone), noConnection(Phase.CONNECT)),
            everyTime("connect timeout", Scenes.connectTimeout(), noConnection(Phase.CONNECT))),
        row(
            4,
            "no TLS",
            everyTime("handshake broken off", Scenes.handshakeBrokenOff(), noConnection(Phase.TLS)),
            everyTime(
                "tunnel refused by the proxy", Scenes.tunnelRefused(), noConnection(Phase.CONNECT)),
            never("certificate not trusted", Scenes.untrusted(), UntrustedServerException.class)
                .attempts(1, 1, 1)),
        row(
            5,
            "a reused connection that the server had closed",
            when("", Scenes.afterAnother(Act.LEAVE_QUIETLY), Ending.ANSWERED).attempts(1, 1, 1)),
        row(
            6,
            "not looked at by the server",
            onceMore("REFUSED_STREAM", Act.reset(REFUSED_STREAM)),
            onceMore("GOAWAY with an earlier stream", Act.unread(turn -> turn.goAway(0)))));
  }

  private static OutcomeRow ofTheClient() {
    return row(
        1,
        "refused by the client itself",
        never("client closed", Scenes.closed(), ClosedException.class),
        never("rate limited", Scenes.rateLimited(), LimitReachedException.class),
        never("circuit breaker open", Scenes.breakerOpen(), LimitReachedException.class),
        never("bulkhead full", Scenes.bulkheadFull(), LimitReachedException.class),
        never("the server asked to wait longer", Scenes.originPause(), LimitReachedException.class),
        never("deadline in a queue", Scenes.deadlineInQueue(), DeadlineExceededException.class));
  }

  private static OutcomeCase never(
      String name, Scene scene, Class<? extends CallFailedException> failure) {
    return when(name, scene, Ending.of(failure, Outcome.NOT_SENT)).attempts(0, 0, 0).unsent();
  }

  private static OutcomeCase everyTime(String name, Scene scene, Ending ending) {
    return when(name, scene, ending).attempts(2, 2, 2).unsent();
  }

  private static Ending noConnection(Phase phase) {
    return Ending.of(ConnectFailedException.class, Outcome.NOT_SENT).at(phase);
  }

  /** Once at once, and then as often as the policy says. */
  private static OutcomeCase onceMore(String name, Act act) {
    return when(name, Scene.of(act), Ending.of(ConnectionLostException.class, Outcome.NOT_SENT))
        .attempts(3, 3, 3)
        .onlyHttp2();
  }
}
