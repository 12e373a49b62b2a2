package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that does the work of one in five POSTs on reused connections and says nothing. */
@NoLeaks
@Tag("endurance")
class DroppedPostsTest {
  private static final int POSTS = 10_000;
  private static final int CALLERS = 16;
  private static final String ANSWERED = "answered";

  @RegisterExtension final HeadTripwire heads = new HeadTripwire();

  private interface Sender {
    String send(Request post) throws IOException;
  }

  @Test
  void no_post_arrives_twice_and_what_its_caller_hears_is_right() throws Exception {
    try (DroppingServer server = new DroppingServer();
        BelayClient client =
            BelayClient.builder().maxConnections(CALLERS).eventListener(heads).build()) {
      List<String> heard = run(server, post -> client.send(post, Answers.text()));
      record("Belay", server, heard);
      assertThat(server.dropped()).isGreaterThan(POSTS / 10);
      for (int number = 0; number < POSTS; number++) {
        expectRight(server, number, heard.get(number));
      }
      assertThat(heads.heads()).isEqualTo(server.requests());
    }
  }

  private static void expectRight(DroppingServer server, int number, String heard) {
    String post = "POST " + number + ": " + heard;
    assertThat(heard).as(post).isIn(ANSWERED, "NOT_SENT", "UNKNOWN");
    switch (heard) {
      case ANSWERED -> {
        assertThat(server.times(number)).as(post).isEqualTo(1);
        assertThat(server.hasDropped(number)).as(post).isFalse();
      }
      case "NOT_SENT" -> assertThat(server.times(number)).as(post).isZero();
      default -> assertThat(server.times(number)).as(post).isLessThanOrEqualTo(1);
    }
  }

  /** The server sees what it has to see: its drops make another client send twice. */
  @Test
  void bare_okhttp_sends_again_and_does_not_say_so() throws Exception {
    OkHttpClient bare = new OkHttpClient();
    try (DroppingServer server = new DroppingServer()) {
      List<String> heard = run(server, post -> read(bare, post));
      record("bare OkHttp", server, heard);
      assertThat(twice(server, heard, ANSWERED)).isPositive();
    } finally {
      bare.connectionPool().evictAll();
    }
  }

  private static String read(OkHttpClient client, Request post) throws IOException {
    try (Response response = client.newCall(post).execute()) {
      return response.body().string();
    }
  }

  /** What the caller of each POST heard. */
  private static List<String> run(DroppingServer server, Sender sender) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<String>> running = new ArrayList<>();
      for (int i = 0; i < POSTS; i++) {
        int number = i;
        running.add(callers.submit(() -> heard(server, sender, number)));
      }
      List<String> heard = new ArrayList<>();
      for (Future<String> each : running) {
        heard.add(each.get());
      }
      return heard;
    } finally {
      callers.shutdown();
    }
  }

  private static String heard(DroppingServer server, Sender sender, int number) {
    try {
      String answer = sender.send(server.post(number));
      return answer.equals("" + number) ? ANSWERED : "answered " + answer;
    } catch (CallFailedException e) {
      return e.outcome().toString();
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static long twice(DroppingServer server, List<String> heard, String outcome) {
    return IntStream.range(0, POSTS)
        .filter(number -> server.times(number) > 1 && heard.get(number).contains(outcome))
        .count();
  }

  private static void record(String client, DroppingServer server, List<String> heard)
      throws IOException {
    TreeMap<String, Long> endings =
        heard.stream().collect(Collectors.groupingBy(e -> e, TreeMap::new, Collectors.counting()));
    Evidence.record(
        "5.2 10,000 POSTs, 20 % of those on reused connections dropped, " + client,
        "dropped %,d, %s, sent twice %,d, %,d of them with a 200 and nothing else"
            .formatted(
                server.dropped(),
                endings,
                twice(server, heard, ""),
                twice(server, heard, ANSWERED)));
  }
}
