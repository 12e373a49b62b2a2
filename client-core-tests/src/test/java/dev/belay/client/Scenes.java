package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** The scenes of the outcome table that take more than an answer, or none, to a request. */
final class Scenes {
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** Long enough for a connection to be made on a busy machine. */
  private static final Duration SOON = Duration.ofMillis(600);

  private static final Duration LATER = Duration.ofMillis(1_500);
  private static final Duration LONG_QUIET = Duration.ofSeconds(2);
  private static final CallOptions PATIENT = CallOptions.deadline(Duration.ofSeconds(20));

  /** More than the kernel takes for somebody who does not read. */
  private static final RequestBody LARGE = RequestBody.create(new byte[8 * 1024 * 1024]);

  private static final HandshakeCertificates TRUSTING_ANOTHER =
      new HandshakeCertificates.Builder()
          .addTrustedCertificate(new HeldCertificate.Builder().build().certificate())
          .build();

  private Scenes() {}

  // Nothing leaves the client.

  static Scene closed() {
    return Scene.of(Act.status(200))
        .before(
            (client, server) -> {
              client.close();
              return () -> {};
            });
  }

  static Scene bulkheadFull() {
    return busy().client(client -> client.maxConcurrentAttempts(1).maxQueuedCalls(0));
  }

  static Scene deadlineInQueue() {
    return busy().client(client -> client.maxConcurrentAttempts(1).deadline(AT_ONCE));
  }

  /** Another call reads its answer. */
  private static Scene busy() {
    return Scene.of(Act.STALLED_BODY).before(Scenes::openAnother);
  }

  @SuppressWarnings("MustBeClosedChecker") // the scene does it
  private static Closeable openAnother(BelayClient client, FailingServer server)
      throws IOException {
    return client.open(Requests.get("" + server.url()), PATIENT);
  }

  /** Another call was told to come back later than this one can wait. */
  static Scene originPause() {
    return after(503, Scene.of(Act.status(503, "Retry-After", "60")));
  }

  /** Another call had the only permit for longer than this one can wait. */
  static Scene rateLimited() {
    return after(200, Scene.of(Act.status(200)))
        .client(client -> client.rateLimit(RateLimit.of(1, Duration.ofMinutes(1))));
  }

  /** Another call failed. */
  static Scene breakerOpen() {
    CircuitBreakerPolicy policy =
        CircuitBreakerPolicy.builder().failureRate(50).window(1).minimumAttempts(1).build();
    return after(500, Scene.of(Act.status(500))).client(client -> client.circuitBreaker(policy));
  }

  /** After a call that got this status. */
  private static Scene after(int status, Scene scene) {
    return scene.before(
        (client, server) -> {
          int got = client.send(OutcomeKind.POST.request(server.url()), Response::code);
          assertThat(got).isEqualTo(status);
          return () -> {};
        });
  }

  // No connection.

  static Scene unknownHost() {
    return Scene.of(Act.status(200))
        .request(request -> at(request, request.url().newBuilder().host("some.test")))
        .client(
            client ->
                client.dns(
                    host -> {
                      throw new UnknownHostException(host);
                    }));
  }

  private static Request at(Request request, HttpUrl.Builder url) {
    return request.newBuilder().url(url.build()).build();
  }

  static Scene connectTimeout() {
    return Scene.of(FailingServer::mute).client(client -> client.connectTimeout(AT_ONCE));
  }

  static Scene handshakeBrokenOff() {
    return secured(Scene.of(wire -> new HastyServer((server, client) -> {})));
  }

  static Scene tunnelRefused() {
    return secured(Scene.of(wire -> new HastyServer(HastyServer::refuseTunnel)))
        .clientOf((client, server) -> client.proxy(proxyAt(server.url())));
  }

  private static Proxy proxyAt(HttpUrl url) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), url.port());
    return new Proxy(Proxy.Type.HTTP, address);
  }

  static Scene untrusted() {
    return secured(Scene.of(wire -> FailingServer.onTls(wire, Act.status(200))))
        .client(
            client ->
                client.tls(TRUSTING_ANOTHER.sslSocketFactory(), TRUSTING_ANOTHER.trustManager()));
  }

  private static Scene secured(Scene scene) {
    return scene.request(request -> at(request, request.url().newBuilder().scheme("https")));
  }

  /** The end of its connection has come when the call begins. */
  static Scene afterAnother(Act act) {
    return Scene.of(act)
        .before(
            (client, server) -> {
              String unused = client.send(Requests.get("" + server.url()), Answers.text(), PATIENT);
              Ends.awaitNoneAlive(server.url().port());
              LeapingClock.of(client).leap(LONG_QUIET);
              return () -> {};
            });
  }

  // The request is under way.

  static Scene beforeBody(int status) {
    return hasty(HastyServer.answering(status), Act.statusBeforeBody(status))
        .request(request -> request.newBuilder().header("Expect", "100-continue").build());
  }

  static Scene whileWriting(Act.Streamed overHttp2) {
    Act breaking =
        Act.unread(
            turn -> {
              turn.awaitBody();
              overHttp2.answer(turn);
            });
    return hasty(HastyServer::breakOff, breaking).request(Scenes::large);
  }

  static Scene writeTimeout() {
    return hasty(HastyServer::stopReading, Act.unread(Turn::awaitBody))
        .request(Scenes::large)
        .client(client -> client.writeTimeout(SOON));
  }

  private static Request large(Request request) {
    return request.newBuilder().post(LARGE).build();
  }

  private static Scene hasty(HastyServer.Script overHttp1, Act overHttp2) {
    return Scene.of(
        wire ->
            wire == Wire.HTTP_2 ? FailingServer.of(wire, overHttp2) : new HastyServer(overHttp1));
  }

  // The answer.

  static Scene impatient(Act act) {
    return Scene.of(act).client(client -> client.readTimeout(SOON));
  }

  static Scene attemptTimeout() {
    return Scene.of(Act.STALL).client(client -> client.attemptTimeout(LATER));
  }

  static Scene deadline() {
    return Scene.of(Act.STALL).client(client -> client.deadline(LATER));
  }

  static Scene withTokens() {
    AtomicInteger fetched = new AtomicInteger();
    return Scene.of(Act.status(401))
        .client(client -> client.authentication(old -> "Bearer " + fetched.incrementAndGet()));
  }
}
