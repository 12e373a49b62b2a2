package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Makes a call of one kind or another, and has it answered by the fuzzer. */
final class FuzzedCalls implements FuzzedUse {
  /** Nobody keeps a call waiting here: one that takes so long hangs. */
  private static final Duration HANGS = Duration.ofSeconds(10);

  /** OkHttp waits for the final head although the stream has ended behind an interim one. */
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private static final long MOST_BODY = 64 * 1024;
  private static final int WAYS = 8;
  private static final int HUNDRED = 100;
  private static final int OK = 200;

  private final MemorySockets sockets;
  private final boolean framed;
  private final UnaryOperator<byte[]> answers;
  private final Request get;
  private final Request head;
  private final Request post;
  private final BoundedPool pool;
  private final BelayClient client;

  private FuzzedCalls(
      MemorySockets sockets,
      Protocol protocol,
      RedirectPolicy redirects,
      UnaryOperator<byte[]> answers) {
    this.sockets = sockets;
    this.answers = answers;
    framed = protocol == Protocol.H2_PRIOR_KNOWLEDGE;
    get = Requests.get("http://127.0.0.1:1/");
    head = get.newBuilder().head().build();
    post = get.newBuilder().post(Requests.body("hello")).build();
    pool = BoundedPool.builder().maxConnections(4).tracking(TrackingLevel.OFF).build();
    client =
        BelayClient.builder(pool)
            .protocols(List.of(protocol))
            .dns(host -> List.of(InetAddress.getLoopbackAddress()))
            .retry(RetryPolicy.none())
            .redirects(redirects)
            .originPause(Duration.ZERO)
            .maxBodyBytes(MOST_BODY)
            .readTimeout(PATIENCE)
            .build();
  }

  /** The input is the answer. */
  static FuzzedCalls answered(MemorySockets sockets, Protocol protocol) {
    return new FuzzedCalls(sockets, protocol, RedirectPolicy.none(), input -> input);
  }

  /**
   * The input is in the answer.
   *
   * @param answers what the server sends for it
   */
  static FuzzedCalls redirected(MemorySockets sockets, UnaryOperator<byte[]> answers) {
    RedirectPolicy once = RedirectPolicy.anyOrigin().atMost(1);
    return new FuzzedCalls(sockets, Protocol.HTTP_1_1, once, answers);
  }

  @Override
  public String take(byte[] input) throws Exception {
    sockets.answer(answers.apply(input), framed);
    long start = System.nanoTime();
    String ending;
    try {
      ending = "answered " + call(Math.floorMod(Arrays.hashCode(input), WAYS)) / HUNDRED + "xx";
    } catch (CallFailedException e) {
      ending = e.getClass().getSimpleName().replace("Exception", " ") + e.outcome();
    }
    assertThat(System.nanoTime() - start).as(ending).isLessThan(HANGS.toNanos());
    return ending;
  }

  private int call(int way) throws Exception {
    return switch (way) {
      case 0 -> client.<Integer>send(post, FuzzedCalls::read);
      case 1 -> client.<Integer>send(head, FuzzedCalls::read);
      case 2 -> asynchronous();
      case 3 -> executed();
      case 4 -> opened();
      case 5 -> text();
      default -> client.<Integer>send(get, FuzzedCalls::read);
    };
  }

  private static int read(Response response) throws IOException {
    try (InputStream body = response.body().byteStream()) {
      long unused = body.transferTo(OutputStream.nullOutputStream());
    }
    return response.code();
  }

  private int text() throws IOException {
    String unused = client.send(get, Answers.text());
    return OK;
  }

  private int opened() throws IOException {
    try (Response response = client.open(get, CallOptions.streaming(PATIENCE))) {
      return read(response);
    }
  }

  private int executed() throws IOException {
    try (Response response = client.newCall(get).execute()) {
      String unused = response.body().string();
      return response.code();
    }
  }

  private int asynchronous() throws Exception {
    try {
      return client.<Integer>sendAsync(get, FuzzedCalls::read).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  @Override
  public String left() {
    PoolSnapshot now = pool.snapshot();
    return now.leased() == 0 && now.waiting() == 0 ? "" : now.toString();
  }

  @Override
  public void close() {
    client.close();
    pool.close();
  }
}
