package dev.belay.testkit;

import dev.belay.testkit.FakeUazapi.Message;
import dev.belay.testkit.UazapiJson.TextOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The behaviour of a {@link FakeUazapi}: what a request does to it and what it answers. */
final class UazapiInstance {

  private static final String CONNECTED = "connected";

  private final String token;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();

  // Guarded by lock, the random source included.
  private final RandomGenerator random;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<ScriptedAnswer> script = new ArrayDeque<>();
  private String state = CONNECTED;
  private AnswerTiming timing = AnswerTiming.AT_ONCE;

  UazapiInstance(String token, Clock clock, RandomGenerator random) {
    this.token = token;
    this.clock = clock;
    this.random = random;
  }

  String token() {
    return token;
  }

  void setTiming(AnswerTiming changed) {
    locked(() -> timing = changed);
  }

  void setState(String changed) {
    if (changed.isBlank()) {
      throw new IllegalArgumentException("instance state must not be blank");
    }
    locked(() -> state = changed);
  }

  void script(AnswerQueue answers, boolean afterTaking) {
    Integer requests = answers.length();
    if (requests == null) {
      throw new IllegalArgumentException("the fake would never answer by itself again: " + answers);
    }
    ScriptedAnswer next = new ScriptedAnswer(answers::next, afterTaking);
    locked(() -> script.addAll(Collections.nCopies(requests, next)));
  }

  List<Message> messages() {
    return locked(() -> List.copyOf(messages));
  }

  void awaitMessages(int expected, Duration limit) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(limit);
    lock.lockInterruptibly();
    try {
      while (messages.size() < expected) {
        if (left <= 0) {
          throw new AssertionError(
              "expected at least " + expected + " messages within " + limit + ", not " + messages);
        }
        left = taken.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  Answer answer(Received request) {
    return locked(() -> answerInOrder(request));
  }

  private Answer answerInOrder(Received request) {
    String given = request.header("token");
    if (given == null) {
      return timed(error(401, "missing token"));
    }
    if (!given.equals(token)) {
      return timed(error(401, "Invalid token"));
    }
    ScriptedAnswer scripted = script.poll();
    if (scripted == null) {
      return timed(route(request));
    }
    if (scripted.afterTaking()) {
      route(request);
    }
    return scripted.answer().apply(request);
  }

  private Answer route(Received request) {
    boolean post = request.method().equals("POST");
    boolean get = request.method().equals("GET");
    return switch (request.path()) {
      case "/send/text" -> post ? sendText(request) : error(405, "Method Not Allowed");
      case "/instance/status" -> get ? status() : error(405, "Method Not Allowed");
      default -> post ? error(405, "Method Not Allowed") : error(404, "Not Found");
    };
  }

  private Answer status() {
    boolean connected = state.equals(CONNECTED);
    return json(200, UazapiJson.status(token, state, connected, clock.instant()));
  }

  private Answer sendText(Received request) {
    TextOrder order = UazapiJson.textOrder(request.body());
    if (order == null) {
      return error(400, "Missing number or text");
    }
    if (!state.equals(CONNECTED)) {
      return json(503, UazapiJson.disconnected());
    }
    Message message = take(order);
    return json(200, UazapiJson.sent(message, order.queued(), clock.instant()))
        .after(order.delay());
  }

  private Message take(TextOrder order) {
    // The count makes the id unique, whatever the random source repeats.
    String messageId =
        "3EB0%010X%08X".formatted(random.nextLong() & 0xff_ffff_ffffL, messages.size() + 1);
    String id = UazapiJson.OWNER + ":" + messageId;
    Message message =
        new Message(
            id, messageId, order.number(), order.text(), order.trackId(), order.trackSource());
    messages.add(message);
    taken.signalAll();
    return message;
  }

  private Answer timed(Answer answer) {
    Duration drawn = timing.draw(random);
    return answer.after(answer.delay().plus(drawn));
  }

  private static Answer error(int status, String text) {
    return json(status, UazapiJson.error(text));
  }

  private static Answer json(int status, byte[] body) {
    return Answer.of(status, body).header("Content-Type", "application/json");
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return locked(() -> state + ", " + messages.size() + " messages");
  }
}
