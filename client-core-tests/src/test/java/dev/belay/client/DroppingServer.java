package dev.belay.client;

import dev.belay.testkit.Answer;
import dev.belay.testkit.Received;
import dev.belay.testkit.TestServer;
import java.io.Closeable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;

/**
 * Takes POSTs with a number in the body, and counts each. It takes every fifth that comes on a
 * connection that was used before as well, and closes the connection without an answer.
 */
final class DroppingServer implements Closeable {
  private static final int DROPPED_OF = 5;

  private final Map<Integer, Integer> received = new ConcurrentHashMap<>();
  private final Set<Integer> dropped = ConcurrentHashMap.newKeySet();
  private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger onReused = new AtomicInteger();
  private final TestServer server = TestServer.start(this::answer);

  private Answer answer(Received request) {
    int number = Integer.parseInt(request.text());
    int unused = received.merge(number, 1, Integer::sum);
    boolean reused = !connections.add(request.connection());
    if (reused && onReused.incrementAndGet() % DROPPED_OF == 0) {
      dropped.add(number);
      return Answer.hangUp();
    }
    return Answer.of(200, request.text());
  }

  Request post(int number) {
    return new Request.Builder().url(server.url("/post")).post(Requests.body("" + number)).build();
  }

  /** How often it came. */
  int times(int number) {
    return received.getOrDefault(number, 0);
  }

  boolean hasDropped(int number) {
    return dropped.contains(number);
  }

  int dropped() {
    return dropped.size();
  }

  int requests() {
    return server.requests();
  }

  @Override
  public void close() {
    server.close();
  }
}
