package dev.belay.modular;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import dev.belay.client.BoundedPool;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Request;

/** Makes a call with each kind of driver, and says what modules it did that in. */
public final class Main {
  private Main() {}

  /** Calls the address in its argument. */
  public static void main(String[] args) throws IOException {
    Request request = new Request.Builder().url(args[0]).build();
    try (BelayClient client = BelayClient.builder().deadline(Duration.ofSeconds(20)).build()) {
      System.out.println(client.send(request, Answers.text()));
      System.out.println(client.sendAsync(request, Answers.text()).join());
    }
    System.out.println(Main.class.getModule() + " " + BoundedPool.class.getModule());
  }
}
