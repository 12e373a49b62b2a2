package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One client, some calls, and its close at a random moment. */
final class CloseRound {
  static final Duration GRACE = Duration.ofMillis(100);
  static final Duration CLOSE_LIMIT = GRACE.plusMillis(250);
  private static final Duration HANDSHAKES = Duration.ofMillis(40);
  private static final Duration GONE_LIMIT = Duration.ofSeconds(1);

  /** A list of all threads stops all of them for a moment. */
  private static final long BETWEEN_LISTS = Duration.ofMillis(1).toNanos();

  private final CloseMoment moment;
  private final Wire wire;
  private final Random random;
  private final Executor threads;
  private final String where;
  private final CountDownLatch closed = new CountDownLatch(1);

  CloseRound(CloseMoment moment, Wire wire, long seed, Executor threads, String where) {
    this.moment = moment;
    this.wire = wire;
    this.threads = threads;
    this.where = where;
    random = new Random(seed);
  }

  /** When the client is closed, and when its calls enter their state; from the start of both. */
  private record Timing(Duration delay, Duration lead) {
    /** The two moments that a race can be about are the close and, after the grace, the cut. */
    static Timing random(Random random) {
      int millis = random.nextInt(30);
      return switch (random.nextInt(4)) {
        case 0 -> new Timing(micros(random.nextInt(15_000)), Duration.ZERO);
        case 1 -> new Timing(Duration.ofMillis(millis), around(random, GRACE.plusMillis(millis)));
        case 2 -> new Timing(Duration.ofMillis(millis), around(random, Duration.ofMillis(millis)));
        default -> new Timing(Duration.ofMillis(15 + millis), Duration.ZERO);
      };
    }

    /** What comes before the state takes its time. */
    Timing after(Wire wire) {
      return wire == Wire.CLEAR ? this : new Timing(delay.plus(HANDSHAKES), lead);
    }

    private static Duration around(Random random, Duration time) {
      Duration before = time.plus(micros(random.nextInt(20_000) - 10_000));
      return before.isNegative() ? Duration.ZERO : before;
    }

    private static Duration micros(long n) {
      return Duration.ofNanos(n * 1_000);
    }
  }

  CloseTally.Round run() throws IOException, InterruptedException, TimeoutException {
    Timing timing = Timing.random(random).after(wire);
    try (CloseScene scene = moment.open(wire, random, timing.lead);
        BelayClient client = scene.client().name("closed").build();
        Stalls stalls = new Stalls()) {
      List<CompletableFuture<String>> calls = begin(scene, client);
      CloseScenes.pause(timing.delay);
      Stalls.Timed<CloseReport> close = stalls.time(() -> client.close(GRACE));
      closed.countDown();
      scene.clientIsClosed();
      String story = where + ", " + timing + ", " + close;
      assertThat(close.took()).as(story).isLessThanOrEqualTo(CLOSE_LIMIT);
      List<CloseEnding> endings = endings(calls, client, story);
      checkNothingOpen(scene, client, story);
      int unseen = checkEvidence(scene, endings, story);
      return new CloseTally.Round(close.took(), endings, unseen);
    }
  }

  private List<CompletableFuture<String>> begin(CloseScene scene, BelayClient client) {
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (CallWay way : moment.ways()) {
      CallWay.CallStart start =
          new CallWay.CallStart(client, scene.request(calls.size()), threads, closed);
      calls.add(way.begin(start));
    }
    return calls;
  }

  private static List<CloseEnding> endings(
      List<CompletableFuture<String>> calls, BelayClient client, String story)
      throws InterruptedException, TimeoutException {
    List<CloseEnding> endings = new ArrayList<>();
    for (int call = 0; call < calls.size(); call++) {
      CompletableFuture<String> future = calls.get(call);
      await(future::isDone, story + ": call " + call + " has no ending, " + client.snapshot());
      CloseEnding ending = CloseEnding.of(call, future);
      assertThat(ending.isTyped()).as(story + ": %s", ending).isTrue();
      endings.add(ending);
    }
    return endings;
  }

  private static void checkNothingOpen(CloseScene scene, BelayClient client, String story)
      throws IOException, InterruptedException {
    scene.awaitNoneOpen(GONE_LIMIT);
    assertThat(scene.openByKernel()).as(story).isZero();
    assertThat(client.snapshot().open()).as(story).isZero();
    await(() -> client.state.pool.crew.hosts() == 0, story + ": a connection's thread");
    long until = System.nanoTime() + GONE_LIMIT.toNanos();
    List<String> left = OurThreads.names();
    while (!left.isEmpty() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(BETWEEN_LISTS);
      left = OurThreads.names();
    }
    assertThat(left).as(story).isEmpty();
  }

  /** On HTTP/2 a byte of another stream may be taken for one of a head, the other way never. */
  private int checkEvidence(CloseScene scene, List<CloseEnding> endings, String story) {
    int unseen = 0;
    for (CloseEnding ending : endings) {
      if (ending.is(Outcome.UNKNOWN)) {
        boolean seen = comes(() -> scene.heads().contains(ending.call()));
        assertThat(seen || wire == Wire.HTTP_2).as(story + ": no head of %s", ending).isTrue();
        unseen += seen ? 0 : 1;
      } else if (ending.is(Outcome.NOT_SENT)) {
        assertThat(scene.heads()).as(story + ": %s", ending).doesNotContain(ending.call());
      }
    }
    return unseen;
  }

  /** Looks again and again, since nobody tells of what is awaited. */
  private static void await(BooleanSupplier reached, String otherwise) {
    assertThat(comes(reached)).as(otherwise).isTrue();
  }

  private static boolean comes(BooleanSupplier awaited) {
    long until = System.nanoTime() + GONE_LIMIT.toNanos();
    while (!awaited.getAsBoolean() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(100_000);
    }
    return awaited.getAsBoolean();
  }
}
