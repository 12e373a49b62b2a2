package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.testkit.Answer;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OkHttp quotes what it does not understand. Nobody above gets to read that. */
@NoLeaks
class QuotationTest {
  private static final String SECRET = "abad1dea5ec7e7";
  private static final String HEX = "61626164316465613565633765";

  private final List<String> seen = new CopyOnWriteArrayList<>();

  private Response look(Interceptor.Chain chain) throws IOException {
    try {
      Response answer = chain.proceed(chain.request());
      answer.peekBody(10_000).close();
      return answer;
    } catch (IOException | RuntimeException e) {
      seen.add(printed(e));
      throw e;
    }
  }

  private final EventListener listener =
      new EventListener() {
        @Override
        public void responseFailed(Call call, IOException e) {
          seen.add(printed(e));
        }

        @Override
        public void callFailed(Call call, IOException e) {
          seen.add(printed(e));
        }
      };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SECRET",
        "SECRET\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: SECRET",
        "HTTP/1.1 SECRET\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET zz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nSECRET zz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nSECRET",
        "HTTP/1.1 200 OK\r\nContent-Length: SECRET\r\n\r\n",
        "HTTP/1.1 204 OK\r\nContent-Length: 61626164316465613565633765\r\n\r\n"
      })
  void of_an_answer_reaches_nobody(String raw) {
    byte[] bytes = raw.replace("SECRET", SECRET).getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = TestServer.start(r -> Answer.raw(bytes).closeAfter());
        BelayClient looking =
            BelayClient.builder().interceptor(this::look).eventListener(c -> listener).build();
        BelayClient client = BelayClient.builder().eventListener(c -> listener).build()) {
      for (BelayClient each : List.of(looking, client)) {
        Throwable failure = catchThrowable(() -> each.send(Requests.post(server), Answers.text()));
        if (failure != null) {
          seen.add(printed(failure));
        }
      }
    }
    assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain(SECRET, HEX));
  }

  private static String printed(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
