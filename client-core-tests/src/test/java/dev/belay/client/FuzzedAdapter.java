package dev.belay.client;

import dev.belay.uazapi.UazapiClient;
import dev.belay.uazapi.UazapiException;
import java.time.Duration;
import java.util.Arrays;
import okio.Buffer;

/** Has a message or a question of the adapter answered with a body that the fuzzer made. */
final class FuzzedAdapter implements FuzzedUse {
  private static final int[] STATUSES = {200, 200, 200, 400, 401, 429, 500};

  private final MemorySockets sockets;
  private final UazapiClient client =
      UazapiClient.builder("http://127.0.0.1:1", "00000000-0000-4000-8000-000000000001")
          .client(settings -> settings.retry(RetryPolicy.none()).originPause(Duration.ZERO))
          .build();

  FuzzedAdapter(MemorySockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public String take(byte[] input) {
    int hash = Arrays.hashCode(input);
    int status = STATUSES[Math.floorMod(hash, STATUSES.length)];
    sockets.answer(answer(status, input), false);
    return Math.floorMod(hash / STATUSES.length, 2) == 0 ? sent() : asked();
  }

  private static byte[] answer(int status, byte[] body) {
    String head = "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
    return new Buffer().writeUtf8(head.formatted(status, body.length)).write(body).readByteArray();
  }

  private String sent() {
    return client.send().text("5500900000003", "hello").getClass().getSimpleName();
  }

  private String asked() {
    try {
      return "state " + client.instance().status().state();
    } catch (UazapiException e) {
      return "UazapiException " + e.outcome();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
