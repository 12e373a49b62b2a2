package dev.belay.client;

import static dev.belay.client.Outcome.REJECTED;
import static dev.belay.client.Outcome.UNKNOWN;
import static dev.belay.client.OutcomeCase.when;
import static dev.belay.client.OutcomeRow.row;

import java.util.List;

/** The rows of the outcome table in which the server answers. */
final class AnsweredRows {
  private static final String NO_KEY = "a 409 to a request without a key is in row 21";

  private AnsweredRows() {}

  static List<OutcomeRow> rows() {
    return List.of(
        row(
            7,
            "a final status instead of 100 Continue",
            beforeBody(417, REJECTED).attempts(1, 1, 1),
            beforeBody(429, REJECTED).attempts(2, 2, 2),
            beforeBody(500, UNKNOWN).attempts(1, 2, 2)),
        row(
            8,
            "too many requests",
            status(429, REJECTED).attempts(2, 2, 2),
            retryAfter(429, REJECTED, "0").attempts(2, 2, 2)),
        row(9, "unavailable for a time", retryAfter(503, REJECTED, "0").attempts(2, 2, 2)),
        row(
            10,
            "unavailable",
            status(503, UNKNOWN).attempts(1, 2, 2),
            retryAfter(503, UNKNOWN, "soon").attempts(1, 2, 2)),
        row(
            11,
            "not on this connection",
            status(421, REJECTED).attempts(2, 2, 2).onNewConnections(),
            status(425, REJECTED).attempts(2, 2, 2).onNewConnections()),
        row(12, "request timeout", status(408, UNKNOWN).attempts(1, 2, 2)),
        row(
            13,
            "not authorized, and redirects",
            when("401 to a TokenSource", Scenes.withTokens(), unexpected(401, REJECTED))
                .attempts(2, 2, 2),
            moved(307),
            moved(308)),
        row(
            18,
            "errors of the server",
            status(500, UNKNOWN).attempts(1, 2, 2),
            status(502, UNKNOWN).attempts(1, 2, 2),
            status(504, UNKNOWN).attempts(1, 2, 2)),
        row(
            19,
            "the key is in use",
            status(409, REJECTED)
                .attempts(0, 2, 0)
                .notFor(OutcomeKind.POST, NO_KEY)
                .notFor(OutcomeKind.GET, NO_KEY)),
        ofTheLast());
  }

  private static OutcomeRow ofTheLast() {
    return row(
        21,
        "final",
        when("200", Scene.of(Act.status(200)), Ending.ANSWERED).attempts(1, 1, 1),
        status(400, REJECTED).attempts(1, 1, 1),
        status(401, REJECTED).attempts(1, 1, 1),
        status(404, REJECTED).attempts(1, 1, 1),
        status(409, REJECTED)
            .attempts(1, 0, 1)
            .notFor(OutcomeKind.KEYED, "a 409 to a key is in row 19"),
        status(501, UNKNOWN).attempts(1, 1, 1),
        status(505, UNKNOWN).attempts(1, 1, 1));
  }

  private static Ending unexpected(int status, Outcome outcome) {
    return Ending.of(UnexpectedStatusException.class, outcome).withStatus(status);
  }

  private static OutcomeCase status(int code, Outcome outcome) {
    return when("" + code, Scene.of(Act.status(code)), unexpected(code, outcome));
  }

  private static OutcomeCase retryAfter(int code, Outcome outcome, String value) {
    Scene scene = Scene.of(Act.status(code, "Retry-After", value));
    return when(code + " with Retry-After: " + value, scene, unexpected(code, outcome));
  }

  private static OutcomeCase moved(int code) {
    Scene scene = Scene.of(Act.status(code, "Location", "/elsewhere"));
    Ending refused = Ending.of(RedirectRefusedException.class, REJECTED).withStatus(code);
    return when(code + " again and again", scene, refused).attempts(1, 6, 6);
  }

  private static OutcomeCase beforeBody(int code, Outcome outcome) {
    return when("" + code, Scenes.beforeBody(code), unexpected(code, outcome))
        .notFor(OutcomeKind.GET, LostRows.NO_BODY);
  }
}
