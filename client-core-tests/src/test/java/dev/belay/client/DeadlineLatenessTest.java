package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How late a call ends that something keeps from ending. */
@NoLeaks
@Tag("alone")
class DeadlineLatenessTest {
  private static final int ROUNDS = 6;
  private static final Duration SHORTEST = Duration.ofMillis(300);
  private static final int SPREAD_MILLIS = 200;
  private static final Duration LATE = Duration.ofMillis(250);

  /** Processors that others take: from then on what they do is measured, and not what we do. */
  private static final double BUSY = 0.5;

  private static final Duration LATE_ON_BUSY_MACHINE = Duration.ofSeconds(2);
  private static final Duration EXACT = Duration.ofMillis(400);

  /** How one call ended, and how much later than its deadline; before it where that is negative. */
  private record Ending(StallScenes.Scene scene, @Nullable Throwable failure, Duration late) {
    CallFailedException typed() {
      assertThat(failure).as(toString()).isInstanceOf(CallFailedException.class);
      return (CallFailedException) Objects.requireNonNull(failure);
    }
  }

  private final Random random = new Random();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Test
  void no_fault_keeps_a_call_much_longer_than_its_deadline() throws Exception {
    try (StallScenes scenes = new StallScenes(BoundedPoolBuilder::build)) {
      OtherLoad others = new OtherLoad();
      List<Ending> endings = new ArrayList<>();
      List<Ending> refusals = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        endings.addAll(all(scenes.stalls(), round % 2 == 0));
        refusals.addAll(all(scenes.refusals(), round % 2 == 0));
      }
      endings.forEach(DeadlineLatenessTest::expectDeadline);
      refusals.forEach(DeadlineLatenessTest::expectRefusal);
      expectPunctual(scenes, endings, others.processors());
    } finally {
      threads.shutdown();
    }
  }

  private List<Ending> all(List<StallScenes.Scene> scenes, boolean blocking) throws Exception {
    List<CompletableFuture<Ending>> calls =
        scenes.stream().map(scene -> blocking ? send(scene) : sendAsync(scene)).toList();
    List<Ending> endings = new ArrayList<>();
    for (CompletableFuture<Ending> call : calls) {
      endings.add(call.get(30, TimeUnit.SECONDS));
    }
    return endings;
  }

  private Duration deadline() {
    return SHORTEST.plusMillis(random.nextInt(SPREAD_MILLIS));
  }

  private CompletableFuture<Ending> send(StallScenes.Scene scene) {
    Duration deadline = deadline();
    return CompletableFuture.supplyAsync(() -> sendNow(scene, deadline), threads);
  }

  private static Ending sendNow(StallScenes.Scene scene, Duration deadline) {
    long start = System.nanoTime();
    Throwable failure = null;
    try {
      String unused =
          scene.client().send(scene.request(), Answers.text(), CallOptions.deadline(deadline));
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
    return new Ending(scene, failure, since(start).minus(deadline));
  }

  private CompletableFuture<Ending> sendAsync(StallScenes.Scene scene) {
    Duration deadline = deadline();
    long start = System.nanoTime();
    return scene
        .client()
        .sendAsync(scene.request(), Answers.text(), CallOptions.deadline(deadline))
        .handle((text, failure) -> new Ending(scene, failure, since(start).minus(deadline)));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** On a busy machine a call may not come as far as it could have. */
  private static void expectDeadline(Ending ending) {
    CallFailedException failure = ending.typed();
    assertThat(failure).as(ending.toString()).isInstanceOf(DeadlineExceededException.class);
    assertThat(failure.phase()).as(ending.toString()).isLessThanOrEqualTo(ending.scene.phase());
    boolean unsent = failure.phase().compareTo(Phase.REQUEST) < 0;
    assertThat(failure.outcome() == Outcome.NOT_SENT || !unsent).as(ending.toString()).isTrue();
    assertThat(ending.late).as(ending.toString()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  /** Whatever a pause beyond the deadline, or a full queue, is told as: it needs no waiting. */
  private static void expectRefusal(Ending ending) {
    CallFailedException failure = ending.typed();
    assertThat(failure).as(ending.toString()).isNotInstanceOf(DeadlineExceededException.class);
    assertThat(ending.late).as(ending.toString()).isNegative();
  }

  private static void expectPunctual(StallScenes scenes, List<Ending> endings, double busy)
      throws IOException {
    List<Ending> sorted = endings.stream().sorted(Comparator.comparing(Ending::late)).toList();
    Ending worst = sorted.get(sorted.size() - 1);
    Duration p99 = sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1).late;
    Duration half = sorted.get(sorted.size() / 2).late;
    long faults = scenes.stalls().stream().map(StallScenes.Scene::name).distinct().count();
    String measured =
        "p50 %s, p99 %s, at most %s (%s), while others took %.1f processors"
            .formatted(Text.of(half), Text.of(p99), Text.of(worst.late), worst.scene, busy);
    Evidence.record(
        "5.3 deadline lateness, %d calls in %d faults".formatted(sorted.size(), faults), measured);
    assertThat(p99).as(measured).isLessThanOrEqualTo(busy < BUSY ? LATE : LATE_ON_BUSY_MACHINE);
  }

  @Test
  void on_the_clock_of_its_pool_a_call_ends_exactly_then() throws Exception {
    ManualClock clock = new ManualClock();
    try (StallScenes scenes = new StallScenes(builder -> unswept(clock, builder))) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (StallScenes.Scene scene : scenes.stalls()) {
        calls.add(
            scene.client().sendAsync(scene.request(), Answers.text(), CallOptions.deadline(EXACT)));
      }
      scenes.stalls().forEach(DeadlineLatenessTest::awaitPhase);
      clock.pass(EXACT.minusNanos(1));
      sweep(scenes, clock);
      assertThat(calls).noneMatch(CompletableFuture::isDone);
      clock.pass(Duration.ofNanos(1));
      sweep(scenes, clock);
      for (int i = 0; i < calls.size(); i++) {
        expectExactly(scenes.stalls().get(i), calls.get(i));
      }
    }
  }

  private static BoundedPool unswept(ManualClock clock, BoundedPoolBuilder builder) {
    BoundedPool pool = Pools.on(clock, builder);
    Thread none = pool.state().housekeeper.stop();
    assertThat(none).isNull();
    return pool;
  }

  private static void sweep(StallScenes scenes, ManualClock clock) {
    scenes.pools().forEach(pool -> pool.state().housekeeper.sweep(clock.nanos()));
  }

  private static void awaitPhase(StallScenes.Scene scene) {
    try {
      HangingDns.await(() -> phases(scene).contains(scene.phase()));
    } catch (AssertionError e) {
      throw new AssertionError(scene + " is in " + phases(scene), e);
    }
  }

  private static List<Phase> phases(StallScenes.Scene scene) {
    ClientState state = scene.client().state;
    return state.pool.ledger.within(state.node).stream().map(call -> call.phase).toList();
  }

  private static void expectExactly(StallScenes.Scene scene, CompletableFuture<String> call)
      throws Exception {
    Ending ending =
        call.handle((text, failure) -> new Ending(scene, failure, Duration.ZERO))
            .get(30, TimeUnit.SECONDS);
    CallFailedException failure = ending.typed();
    assertThat(failure).as(ending.toString()).isInstanceOf(DeadlineExceededException.class);
    assertThat(failure.elapsed()).as(ending.toString()).isEqualTo(EXACT);
    assertThat(failure.phase()).as(ending.toString()).isEqualTo(scene.phase());
    boolean unsent = scene.phase().compareTo(Phase.REQUEST) < 0;
    assertThat(failure.outcome())
        .as(ending.toString())
        .isEqualTo(unsent ? Outcome.NOT_SENT : Outcome.UNKNOWN);
  }
}
