package dev.belay.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.internal.http2.Settings;

/** A server on TLS that answers by the path of a request, and counts the connections it gets. */
final class Http2Server implements Closeable {
  /** Held, because a logger that nobody holds forgets its level: a cancel here is no news. */
  private static final Logger QUIET = Logger.getLogger("okhttp3.OkHttpClient");

  private static final long PATIENCE_SECONDS = 30;

  /** A code of RFC 9113 section 7. */
  private static final int CANCEL = 8;

  private final MockWebServer server = new MockWebServer();
  private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Settings settings = new Settings();
  private final Queue<Integer> resets = new ConcurrentLinkedQueue<>();

  private Http2Server(Protocol... protocols) throws IOException {
    QUIET.setLevel(Level.WARNING);
    server.setServerSocketFactory(new PromptSockets());
    server.useHttps(Wire.sockets());
    server.setProtocols(List.of(protocols));
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            connections.add(request.getConnectionIndex());
            return answer(request.getUrl().encodedPath());
          }

          @Override
          public MockResponse peek() {
            Integer code = resets.poll();
            MockResponse.Builder next = new MockResponse.Builder();
            return code == null
                ? next.build()
                : next.onRequestStart(new SocketEffect.CloseStream(code)).build();
          }
        });
    server.start();
  }

  static Http2Server start() throws IOException {
    return new Http2Server(Protocol.HTTP_2, Protocol.HTTP_1_1);
  }

  /** Does not know HTTP/2, like many a server on TLS. */
  static Http2Server startOld() throws IOException {
    return new Http2Server(Protocol.HTTP_1_1);
  }

  /** Resets the stream of the next request, with this code of HTTP/2. */
  void resetNext(int code) {
    resets.add(code);
  }

  /** Known to a client when it has got an answer. */
  Http2Server maxStreams(int most) {
    Settings unused = settings.set(Settings.MAX_CONCURRENT_STREAMS, most);
    return this;
  }

  private MockResponse answer(String path) throws InterruptedException {
    MockResponse.Builder ok = new MockResponse.Builder().body(path).settings(settings);
    return switch (path) {
      case "/last" -> ok.onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE).build();
      case "/long" -> ok.body("x".repeat(1 << 20)).build();
      case "/flood" -> ok.body("x".repeat(1 << 20)).removeHeader("Content-Length").build();
      case "/broken" ->
          ok.body("x".repeat(1 << 20)).onResponseBody(new SocketEffect.CloseStream(CANCEL)).build();
      case "/slow" -> ok.throttleBody(1, 20, TimeUnit.MILLISECONDS).build();
      case "/wait" -> {
        boolean unused = released.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        yield ok.build();
      }
      default -> ok.headersDelay(5, TimeUnit.MILLISECONDS).build();
    };
  }

  /** Lets those go on that ask for {@code /wait}. */
  void release() {
    released.countDown();
  }

  Request get(String path) {
    return Requests.get(server.url(path).toString());
  }

  int port() {
    return server.getPort();
  }

  int requests() {
    return server.getRequestCount();
  }

  /** How many connections have brought a request. */
  int connections() {
    return connections.size();
  }

  @Override
  public void close() {
    release();
    server.close();
  }
}
