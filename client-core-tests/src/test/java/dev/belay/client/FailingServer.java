package dev.belay.client;

import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** A server that does the same about every request, and the witness of how many there were. */
interface FailingServer extends Closeable {
  Duration PATIENCE = Duration.ofSeconds(20);

  HttpUrl url();

  /** Of the requests that began to come in. */
  List<Headers> heads();

  int connections();

  /** When the client is closed: then nothing comes any more. */
  void awaitNoneOpen() throws InterruptedException;

  @Override
  void close() throws IOException;

  static FailingServer of(Wire wire, Act act) throws IOException {
    return wire == Wire.HTTP_2 ? onTls(wire, act) : OverHttp1.start(act);
  }

  /** For HTTP/2; over others it comes no further than the handshake. */
  static FailingServer onTls(Wire wire, Act act) throws IOException {
    ScriptedStreams streams = new ScriptedStreams(act);
    return new OverHttp2(new Front(wire == Wire.CLEAR ? Wire.TLS : wire, streams), streams);
  }

  /** One that is not there. */
  static FailingServer gone(Wire wire) throws IOException {
    try (FailingServer server = of(Wire.CLEAR, Act.STALL)) {
      return new Nobody(server.url().newBuilder().scheme(wire.scheme()).build(), () -> {});
    }
  }

  /** One whose machine drops every packet. */
  static FailingServer mute(Wire wire) throws IOException {
    DeafServer deaf = DeafServer.withFullBacklog();
    HttpUrl.Builder url = new HttpUrl.Builder().scheme(wire.scheme());
    return new Nobody(url.host(deaf.host()).port(deaf.port()).build(), deaf);
  }

  /** Nobody who could read a request. */
  record Nobody(HttpUrl url, Closeable behind) implements FailingServer {
    @Override
    public List<Headers> heads() {
      return List.of();
    }

    @Override
    public int connections() {
      return 0;
    }

    @Override
    public void awaitNoneOpen() {}

    @Override
    public void close() throws IOException {
      behind.close();
    }
  }

  /** The server of the testkit, in clear text. */
  record OverHttp1(TestServer server, List<Headers> heads) implements FailingServer {
    static FailingServer start(Act act) {
      List<Headers> heads = new CopyOnWriteArrayList<>();
      TestServer server =
          TestServer.start(
              request -> {
                Headers.Builder head = new Headers.Builder();
                request
                    .headers()
                    .forEach((name, values) -> values.forEach(value -> head.add(name, value)));
                heads.add(head.build());
                return act.answer();
              });
      return new OverHttp1(server, heads);
    }

    @Override
    public HttpUrl url() {
      return HttpUrl.get(server.url("/outcome"));
    }

    @Override
    public int connections() {
      return server.totalConnections();
    }

    @Override
    public void awaitNoneOpen() throws InterruptedException {
      server.awaitOpenConnections(0, PATIENCE);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** Streams on TLS. */
  record OverHttp2(Front front, ScriptedStreams streams) implements FailingServer {
    @Override
    public HttpUrl url() {
      return HttpUrl.get("https://localhost:" + front.port() + "/outcome");
    }

    @Override
    public List<Headers> heads() {
      return streams.heads();
    }

    @Override
    public int connections() {
      return front.connections();
    }

    @Override
    public void awaitNoneOpen() throws InterruptedException {
      front.awaitNoneOpen(PATIENCE);
    }

    @Override
    public void close() throws IOException {
      front.close();
    }
  }
}
