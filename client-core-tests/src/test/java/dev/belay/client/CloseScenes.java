package dev.belay.client;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Request;

/** The scenes that a {@link TestServer} or a {@link DeafServer} can play. */
final class CloseScenes {
  private CloseScenes() {}

  /** Room for one call at one of the three gates that calls queue at. */
  static CloseScene queue(Random random, Duration lead) {
    Answer answer = random.nextBoolean() ? Answer.of(200, "").after(millis(5)) : Answer.stall();
    BelayClientBuilder narrow = BelayClient.builder();
    switch (random.nextInt(3)) {
      case 0 -> narrow.maxCallsInFlight(1);
      case 1 -> narrow.maxConcurrentAttempts(1);
      default -> narrow.maxConnections(1);
    }
    return new Scripted(narrow, lead.isZero() ? answer : Answer.of(200, "").after(lead));
  }

  static CloseScene noAnswer(Duration lead) {
    return new Scripted(after(lead), Answer.stall());
  }

  static CloseScene slowBody(Random random, Duration lead) {
    Answer whole = Answer.of(200, "x".repeat(400)).after(lead);
    Answer pieces = whole.inPieces(10).bodyDelay(millis(10));
    return new Scripted(BelayClient.builder(), random.nextBoolean() ? pieces.chunked() : pieces);
  }

  /** Half of them say when to come back, half do not say whether they did the work. */
  static CloseScene refusals(Random random, Duration lead) {
    Answer answer =
        random.nextBoolean()
            ? Answer.of(503).header("Retry-After", "1")
            : Answer.of(500).closeAfter();
    RetryPolicy slow = RetryPolicy.builder().backOff(Duration.ofSeconds(1)).build();
    return new Scripted(BelayClient.builder().retry(slow), answer.after(lead));
  }

  /**
   * A resolver that may take longer than the close, and that nobody can stop. It is asked for one
   * call in two; the others go to an address, have got through and keep the close waiting for its
   * grace period.
   */
  static CloseScene slowLookUp(Random random) {
    Duration time = millis(random.nextInt(500));
    BelayClientBuilder client =
        BelayClient.builder()
            .dns(
                host -> {
                  pause(time);
                  return List.of(InetAddress.getAllByName("127.0.0.1"));
                });
    return new Scripted(client, Answer.stall(), List.of("localhost", "127.0.0.1"));
  }

  static CloseScene silentTls(Duration lead) throws IOException {
    return new Deaf("https", after(lead), DeafServer.listening());
  }

  static CloseScene fullBacklog(Duration lead) throws IOException {
    return new Deaf("http", after(lead), DeafServer.withFullBacklog());
  }

  static CloseScene deafServer(Duration lead) throws IOException {
    return new Deaf("http", after(lead), DeafServer.listening());
  }

  /** A client whose attempts begin so late, on the thread of their call. */
  private static BelayClientBuilder after(Duration lead) {
    BelayClientBuilder client = BelayClient.builder();
    return lead.isZero()
        ? client
        : client.interceptor(
            chain -> {
              pause(lead);
              return chain.proceed(chain.request());
            });
  }

  static void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static Duration millis(long n) {
    return Duration.ofMillis(n);
  }

  /** One answer for all, by a server that notes whose head it saw. */
  private static final class Scripted implements CloseScene {
    private final BelayClientBuilder client;
    private final List<String> hosts;
    private final Set<Integer> heads = ConcurrentHashMap.newKeySet();
    private final TestServer server;

    Scripted(BelayClientBuilder client, Answer answer) {
      this(client, answer, List.of("localhost"));
    }

    Scripted(BelayClientBuilder client, Answer answer, List<String> hosts) {
      this.client = client;
      this.hosts = hosts;
      server =
          TestServer.start(
              request -> {
                heads.add(Integer.parseInt(request.path().substring(1)));
                return answer;
              });
    }

    @Override
    public BelayClientBuilder client() {
      return client;
    }

    @Override
    public Request request(int call) {
      String host = hosts.get(call % hosts.size());
      return new Request.Builder().url("http://" + host + ":" + port() + "/" + call).build();
    }

    @Override
    public Set<Integer> heads() {
      return heads;
    }

    @Override
    public void clientIsClosed() {}

    @Override
    public void awaitNoneOpen(Duration limit) throws InterruptedException {
      server.awaitOpenConnections(0, limit);
    }

    @Override
    public int port() {
      return server.port();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** Requests whose bodies never end, to a server that takes no byte of them. */
  private record Deaf(String scheme, BelayClientBuilder client, DeafServer server)
      implements CloseScene {
    @Override
    public Request request(int call) {
      String url = scheme + "://" + server.host() + ":" + port() + "/" + call;
      return new Request.Builder().url(url).post(new EndlessBody()).build();
    }

    @Override
    public Set<Integer> heads() {
      return server.heads();
    }

    @Override
    public void clientIsClosed() {
      server.listen();
    }

    @Override
    public void awaitNoneOpen(Duration limit) throws InterruptedException {
      server.awaitNoneOpen(limit);
    }

    @Override
    public int port() {
      return server.port();
    }

    @Override
    public int openByKernel() {
      return CloseScene.super.openByKernel() - server.fillers();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
