package dev.belay.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import okhttp3.Headers;
import okhttp3.internal.http2.Http2Stream;

/** Does the same about every stream. */
final class ScriptedStreams implements Peer {
  /** Counts as a request, so that there is one too many. */
  static final Headers UNASKED = Headers.of("Unasked", "body");

  private final Act act;
  private final List<Headers> heads = new CopyOnWriteArrayList<>();

  ScriptedStreams(Act act) {
    this.act = act;
  }

  @Override
  public void serve(SSLSocket client) throws IOException {
    Http2Translator.speak(client, stream -> answer(client, stream));
  }

  private void answer(SSLSocket client, Http2Stream stream) throws IOException {
    heads.add(stream.takeHeaders(false));
    Turn turn = new Turn(client, stream);
    act.overHttp2().answer(turn);
    if (act.beforeBody() && turn.hasBody()) {
      heads.add(UNASKED);
    }
  }

  /** Of all streams, in their order. */
  List<Headers> heads() {
    return heads;
  }

  @Override
  public void close() {}
}
