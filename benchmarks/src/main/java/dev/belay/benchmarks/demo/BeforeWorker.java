package dev.belay.benchmarks.demo;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The worker as it was: a new client for every message, and no answer is ever read or closed.
 *
 * <p>What it opened stays referenced, as from the queues and sessions of a real one, so that no
 * garbage collection cleans up behind it.
 */
public final class BeforeWorker implements Sender {
  private static final MediaType JSON = MediaType.get("application/json");

  private final Job job;
  private final Queue<Object> kept = new ConcurrentLinkedQueue<>();

  private BeforeWorker(Job job) {
    this.job = job;
  }

  /** Started by the demo. */
  public static void main(String[] args) throws Exception {
    Worker.run(BeforeWorker::new);
  }

  @Override
  public void send(int index) throws IOException {
    OkHttpClient client = new OkHttpClient();
    kept.add(client);
    Response response = client.newCall(message(index)).execute();
    kept.add(response);
    if (!response.isSuccessful()) {
      throw new IOException("status " + response.code());
    }
  }

  private Request message(int index) {
    String text = "{\"number\":\"" + job.number() + "\",\"text\":\"message " + index + "\"}";
    return new Request.Builder()
        .url(job.url() + "/send/text")
        .header("token", job.token())
        .post(RequestBody.create(text, JSON))
        .build();
  }
}
