package dev.belay.client;

import static dev.belay.client.OutcomeCase.when;
import static dev.belay.client.OutcomeRow.row;
import static okhttp3.internal.http2.ErrorCode.CANCEL;
import static okhttp3.internal.http2.ErrorCode.ENHANCE_YOUR_CALM;
import static okhttp3.internal.http2.ErrorCode.INTERNAL_ERROR;

import java.util.List;

/**
 * The rows of the outcome table in which the request may have been read, and no answer is whole.
 */
final class LostRows {
  static final String NO_BODY = "a GET has no body";

  private static final Ending LOST = Ending.of(ConnectionLostException.class, Outcome.UNKNOWN);
  private static final Ending LATE = Ending.of(DeadlineExceededException.class, Outcome.UNKNOWN);

  private LostRows() {}

  static List<OutcomeRow> rows() {
    return List.of(
        row(
            14,
            "broken off while the body is written",
            whileWriting("connection closed", Turn::hangUp),
            whileWriting("stream reset", turn -> turn.reset(INTERNAL_ERROR)).onlyHttp2()),
        row(
            15,
            "the connection ends before the answer",
            afterRequest("FIN", Scene.of(Act.HANG_UP)).attempts(1, 2, 2),
            afterRequest("RST", Scene.of(Act.RESET_CONNECTION)).attempts(1, 2, 2)),
        row(
            16,
            "no answer in time",
            when("readTimeout", Scenes.impatient(Act.STALL), LATE.at(Phase.RESPONSE))
                .attempts(1, 2, 2),
            when("attemptTimeout", Scenes.attemptTimeout(), LATE.at(Phase.RESPONSE))
                .attempts(1, 2, 2),
            when("writeTimeout", Scenes.writeTimeout(), LATE.at(Phase.REQUEST))
                .attempts(1, 2, 2)
                .notFor(OutcomeKind.GET, NO_BODY),
            when("deadline", Scenes.deadline(), LATE.at(Phase.RESPONSE)).attempts(1, 1, 1)),
        row(
            17,
            "the stream ends before the answer",
            reset(Act.reset(CANCEL), "RST_STREAM with CANCEL"),
            reset(Act.reset(INTERNAL_ERROR), "RST_STREAM with INTERNAL_ERROR"),
            reset(Act.reset(ENHANCE_YOUR_CALM), "RST_STREAM with ENHANCE_YOUR_CALM"),
            reset(Act.unread(Turn::leave), "GOAWAY with this stream")),
        row(
            20,
            "the body is lost after its head",
            inBody("connection closed", Scene.of(Act.BROKEN_BODY), LOST),
            inBody("stream reset", Scene.of(Act.resetBody(INTERNAL_ERROR)), LOST).onlyHttp2(),
            inBody("readTimeout", Scenes.impatient(Act.STALLED_BODY), LATE)));
  }

  private static OutcomeCase whileWriting(String name, Act.Streamed overHttp2) {
    return when(name, Scenes.whileWriting(overHttp2), LOST.at(Phase.REQUEST))
        .attempts(1, 2, 0)
        .notFor(OutcomeKind.GET, NO_BODY);
  }

  private static OutcomeCase afterRequest(String name, Scene scene) {
    return when(name, scene, LOST.at(Phase.RESPONSE));
  }

  private static OutcomeCase reset(Act act, String name) {
    return afterRequest(name, Scene.of(act)).attempts(1, 2, 2).onlyHttp2();
  }

  private static OutcomeCase inBody(String name, Scene scene, Ending ending) {
    return when(name, scene, ending.at(Phase.BODY).withStatus(200)).attempts(1, 1, 1);
  }
}
