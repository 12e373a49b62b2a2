package dev.belay.client;

import dev.belay.testkit.KernelSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A MockWebServer with one of its effects at one of its places. */
final class MockPlace implements FaultPlace {
  private static final String PREFIX = "mock-";
  private static final int CANCEL = 8;

  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger QUIET = Logger.getLogger(MockWebServer.class.getName());

  private static final Map<String, SocketEffect> EFFECTS =
      Map.of(
          "close-socket",
          new SocketEffect.CloseSocket(),
          "shutdown-connection",
          SocketEffect.ShutdownConnection.INSTANCE,
          "close-stream",
          new SocketEffect.CloseStream(CANCEL),
          "stall",
          SocketEffect.Stall.INSTANCE);

  private enum Moment {
    REQUEST_START,
    REQUEST_BODY,
    RESPONSE_START,
    RESPONSE_BODY,
    RESPONSE_END;

    private MockResponse.Builder apply(MockResponse.Builder answer, SocketEffect effect) {
      return switch (this) {
        case REQUEST_START -> answer.onRequestStart(effect);
        case REQUEST_BODY -> answer.onRequestBody(effect);
        case RESPONSE_START -> answer.onResponseStart(effect);
        case RESPONSE_BODY -> answer.onResponseBody(effect);
        case RESPONSE_END -> answer.onResponseEnd(effect);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger requests = new AtomicInteger();

  /** Written by the test, read by the server. */
  private volatile boolean healthy;

  private MockPlace(MockResponse faulty) throws IOException {
    QUIET.setLevel(Level.OFF);
    MockResponse well = new MockResponse.Builder().body("ok").build();
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            int unused = requests.incrementAndGet();
            return peek();
          }

          @Override
          public MockResponse peek() {
            return healthy ? well : faulty;
          }
        });
    server.start();
  }

  /** All of them, by place and effect. */
  static Stream<String> names() {
    return Arrays.stream(Moment.values())
        .flatMap(moment -> EFFECTS.keySet().stream().map(effect -> name(moment, effect)));
  }

  private static String name(Moment moment, String effect) {
    return PREFIX + effect + "-at-" + moment;
  }

  static MockPlace of(String name) throws IOException {
    for (Moment moment : Moment.values()) {
      for (Map.Entry<String, SocketEffect> effect : EFFECTS.entrySet()) {
        if (name.equals(name(moment, effect.getKey()))) {
          MockResponse.Builder ok = new MockResponse.Builder().body("ok");
          return new MockPlace(moment.apply(ok, effect.getValue()).build());
        }
      }
    }
    throw new IllegalArgumentException("no such fault: " + name);
  }

  @Override
  public String url() {
    return server.url("/fault").toString();
  }

  @Override
  public String healthyUrl() {
    return server.url("/").toString();
  }

  @Override
  public int requests() {
    return requests.get();
  }

  @Override
  public int strayed() {
    return 0;
  }

  @Override
  public void heal() {
    healthy = true;
  }

  /** By the sockets of the client: while it stalls, this server does not see their end. */
  @Override
  public void awaitNoneOpen(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (KernelSockets.isAvailable() && KernelSockets.to(server.getPort()).open() > 0) {
      if (System.nanoTime() > end || Thread.interrupted()) {
        throw new AssertionError("a connection is open after " + limit);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
