package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.client.ManualPool.CountingWaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerGateTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration OPEN_FOR = Duration.ofSeconds(10);
  private static final String HERE = "http://here.test/";
  private static final int TRIALS = 2;
  private final ManualPool pool = new ManualPool();
  private final BreakerGate gate =
      new BreakerGate(
          "client",
          CircuitBreakerPolicy.builder()
              .failureRate(50)
              .window(4)
              .minimumAttempts(4)
              .openFor(OPEN_FOR)
              .halfOpenAttempts(TRIALS)
              .build(),
          new Origins(pool.state.clock),
          pool.state.clock);

  private CallEntry call(String url) {
    return pool.call(new CountingWaker(), MINUTE, pool.state.node, url);
  }

  private CallEntry attempt() throws CallFailedException {
    CallEntry call = call(HERE);
    call.enter(gate);
    return call;
  }

  private void answered(int... statuses) throws CallFailedException {
    for (int status : statuses) {
      CallEntry attempt = attempt();
      boolean unused = attempt.attempts.endWith(status);
      attempt.end(null);
    }
  }

  /** Open since now. */
  private void open() throws CallFailedException {
    answered(200, 200, 500, 500);
    expectRefusal();
  }

  private LimitReachedException expectRefusal() {
    CallEntry call = call(HERE);
    LimitReachedException[] refusal = new LimitReachedException[1];
    assertThatThrownBy(() -> call.enter(gate))
        .isInstanceOfSatisfying(LimitReachedException.class, e -> refusal[0] = e);
    assertThat(refusal[0].limit()).isEqualTo(LimitReachedException.Limit.BREAKER);
    call.end(refusal[0]);
    return refusal[0];
  }

  private void pass(Duration time) {
    pool.now += time.toNanos();
  }

  @Test
  void it_opens_when_its_share_of_attempts_failed_and_says_for_how_long() throws Exception {
    answered(200, 200, 500);
    CallEntry last = attempt();
    assertThat(last.attempts.endWith(503)).as("no attempt may follow").isTrue();
    last.end(null);
    pass(Duration.ofSeconds(4));
    LimitReachedException refusal = expectRefusal();
    assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(6).plusNanos(1));
    assertThat(refusal.phase()).isEqualTo(Phase.BREAKER);
    assertThat(refusal).hasMessageContaining("http://here.test:80 is open for another 6000 ms");
  }

  @Test
  void who_is_refused_by_an_open_breaker_has_waited_nowhere() throws Exception {
    gate.look(call(HERE));
    open();
    assertThatThrownBy(() -> gate.look(call(HERE))).isInstanceOf(LimitReachedException.class);
    gate.look(call("http://there.test/"));
    pass(OPEN_FOR.plusNanos(1));
    gate.look(call(HERE)); // it may be one that tries the origin out
  }

  @Test
  void few_failures_or_few_attempts_do_not_open_it() throws Exception {
    answered(500, 500, 500);
    answered(200); // the fourth: three of four
    expectRefusal();
    pass(OPEN_FOR.plusNanos(1));
    answered(200, 200);
    answered(500, 200, 200, 200, 500, 200, 200, 200);
    assertThat(attempt().mayGoOn()).isTrue();
  }

  @Test
  void it_lets_some_through_when_its_time_is_over_and_closes_when_they_succeed() throws Exception {
    open();
    pass(OPEN_FOR);
    expectRefusal();
    pass(Duration.ofNanos(1));
    CallEntry first = attempt();
    CallEntry second = attempt();
    assertThat(expectRefusal().retryAfter()).isEmpty();
    assertThat(first.attempts.endWith(200)).isFalse();
    assertThat(second.attempts.endWith(404)).isFalse();
    answered(200, 500, 200, 200);
  }

  @Test
  void it_opens_again_when_they_fail() throws Exception {
    open();
    pass(OPEN_FOR.plusNanos(1));
    answered(200);
    assertThat(attempt().attempts.endWith(500)).isTrue();
    assertThat(expectRefusal().retryAfter()).contains(OPEN_FOR.plusNanos(1));
  }

  @Test
  void a_trial_that_is_abandoned_leaves_its_place_to_another() throws Exception {
    open();
    pass(OPEN_FOR.plusNanos(1));
    CallEntry cancelled = attempt();
    CallEntry twice = attempt();
    boolean cut = cancelled.cut(new Cut.Cancelled("cancelled"));
    assertThat(cut).isTrue();
    cancelled.end(null);
    boolean unused = twice.attempts.endWith(429);
    twice.end(null);
    CallEntry third = attempt();
    CallEntry fourth = attempt();
    assertThat(expectRefusal().retryAfter()).isEmpty();
    third.end(null);
    fourth.end(null);
    answered(200, 200, 200);
  }

  @Test
  void what_was_begun_before_says_nothing_about_the_trial() throws Exception {
    List<CallEntry> early = List.of(attempt(), attempt(), attempt());
    open();
    pass(OPEN_FOR.plusNanos(1));
    CallEntry trial = attempt();
    for (CallEntry late : early) {
      boolean unused = late.attempts.endWith(late == early.get(0) ? 500 : 429);
      late.end(null);
    }
    CallEntry second = attempt();
    expectRefusal();
    assertThat(trial.attempts.endWith(200)).isFalse();
    assertThat(second.attempts.endWith(200)).isFalse();
    answered(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void a_server_that_cannot_do_its_work_fails(int status) throws Exception {
    answered(status, status, status, status);
    expectRefusal();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 304, 307, 400, 401, 404, 408, 409, 421, 425, 501, 505})
  void any_other_answer_is_a_success(int status) throws Exception {
    answered(status, status, status);
    answered(500, status, 200, 200, 200);
    answered(500);
    assertThat(attempt().mayGoOn()).isTrue();
  }

  @Test
  void too_many_requests_are_neither() throws Exception {
    answered(500, 500, 500);
    answered(429, 429, 429, 429, 429);
    answered(200);
    expectRefusal();
  }

  private static CallFailedException failure(Class<?> type, Phase phase) {
    Circumstances then =
        new Circumstances(Outcome.UNKNOWN, phase, 1, Duration.ofSeconds(1), 0, null);
    if (type == ConnectFailedException.class) {
      return new ConnectFailedException("", then, null);
    }
    if (type == ConnectionLostException.class) {
      return new ConnectionLostException("", then, null);
    }
    if (type == BadAnswerException.class) {
      return new BadAnswerException("", then, null);
    }
    if (type == UntrustedServerException.class) {
      return new UntrustedServerException("", then, null);
    }
    return type == DeadlineExceededException.class
        ? new DeadlineExceededException("", then, null)
        : new CancelledException("", then, null);
  }

  static Stream<CallFailedException> failures() {
    return Stream.of(
        failure(ConnectFailedException.class, Phase.DNS),
        failure(ConnectFailedException.class, Phase.CONNECT),
        failure(ConnectionLostException.class, Phase.RESPONSE),
        failure(BadAnswerException.class, Phase.RESPONSE),
        failure(DeadlineExceededException.class, Phase.CONNECT),
        failure(DeadlineExceededException.class, Phase.RESPONSE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_server_that_gives_no_answer_fails(CallFailedException failure) throws Exception {
    failed(failure);
    expectRefusal();
  }

  static Stream<CallFailedException> refusals() {
    return Stream.of(
        failure(ConnectFailedException.class, Phase.TOKEN),
        failure(DeadlineExceededException.class, Phase.POOL),
        failure(DeadlineExceededException.class, Phase.DNS),
        failure(DeadlineExceededException.class, Phase.BULKHEAD),
        failure(UntrustedServerException.class, Phase.TLS),
        failure(CancelledException.class, Phase.RESPONSE));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_says_nothing_about_the_server_is_not_counted(CallFailedException failure)
      throws Exception {
    failed(failure);
    answered(200, 200, 200, 500);
    assertThat(attempt().mayGoOn()).isTrue();
  }

  private void failed(CallFailedException failure) throws CallFailedException {
    for (int i = 0; i < 4; i++) {
      CallEntry attempt = attempt();
      boolean unused = attempt.attempts.endWith(failure);
      attempt.end(failure);
    }
  }

  @Test
  void it_is_not_forgotten_for_a_thousand_origins_that_are_well() throws Exception {
    open();
    for (int i = 0; i < 1_500; i++) {
      CallEntry other = call("http://host" + i + ".test/");
      other.enter(gate);
      other.end(null);
    }
    expectRefusal();
  }

  @Test
  void whatever_many_threads_do_a_trial_has_as_many_places_as_it_should() throws Exception {
    open();
    pass(OPEN_FOR.plusNanos(1));
    CallEntry first = attempt();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Void>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(threads.submit(this::comeAndGo));
      }
      for (Future<Void> run : runs) {
        Void unused = run.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    CallEntry second = attempt();
    expectRefusal();
    assertThat(List.of(first.mayGoOn(), second.mayGoOn())).containsOnly(true);
  }

  private Void comeAndGo() throws CallFailedException {
    for (int i = 0; i < 20_000; i++) {
      CallEntry call = call(HERE);
      try {
        call.enter(gate);
        if (ThreadLocalRandom.current().nextBoolean()) {
          boolean unused = call.attempts.endWith(429);
        }
        call.giveBack(0, false);
      } catch (LimitReachedException e) {
        assertThat(e.limit()).isEqualTo(LimitReachedException.Limit.BREAKER);
      }
      call.end(null);
    }
    return null;
  }
}
