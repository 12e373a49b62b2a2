package dev.belay.uazapi;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import dev.belay.client.CallFailedException;
import dev.belay.client.CallOptions;
import dev.belay.client.ResponseHandler;
import dev.belay.client.UnexpectedStatusException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** The one way to the server and back. */
final class Api {
  private static final MediaType JSON = MediaType.get("application/json");

  private final BelayClient client;
  private final HttpUrl base;
  private final Token token;
  private final Duration deadline;
  private final ResponseHandler<Reply> success;

  Api(BelayClient client, HttpUrl base, Token token, Duration deadline) {
    this.client = client;
    this.base = base;
    this.token = token;
    this.deadline = deadline;
    success = Answers.ok(answer -> new Reply(answer.code(), answer.body().string(), null, token));
  }

  /** Asks for something; the answer is a JSON object. */
  JsonView get(String path) throws UazapiException {
    String doing = "GET /" + path;
    Reply reply;
    try {
      reply = exchange(request(path).build(), CallOptions.defaults());
    } catch (IOException e) {
      throw new UazapiException(doing, e);
    }
    if (!reply.isSuccess() || !reply.isJson()) {
      throw new UazapiException(doing, Verdict.of(reply));
    }
    return reply.json();
  }

  /**
   * Makes a message: at most one, whatever happens on the way. The server holds the answer for the
   * delay, which the deadline of the call has to allow.
   *
   * @throws CallFailedException if there is no readable answer
   * @throws IOException an interceptor's own
   */
  Reply makeMessage(String path, Map<String, Object> body, Duration delay) throws IOException {
    Request request =
        request(path)
            .tag(SentOnce.class, SentOnce.MARK)
            .post(RequestBody.create(JsonCodec.write(body), JSON))
            .build();
    return exchange(request, CallOptions.deadline(deadline.plus(delay)));
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url(base.newBuilder().addPathSegments(path).build());
  }

  /** The failure of an answered call is not kept: it holds the body as the server sent it. */
  private Reply exchange(Request request, CallOptions options) throws IOException {
    try {
      return client.send(request, success, options);
    } catch (UnexpectedStatusException e) {
      return new Reply(e.status().orElse(0), e.body(), e.retryAfter().orElse(null), token);
    }
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
