package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static List<String> broken(List<Verdict> verdicts) {
    return verdicts.stream().filter(verdict -> !verdict.holds()).map(Verdict::claim).toList();
  }

  @Test
  void a_good_run_breaks_nothing() {
    assertThat(Verdict.ofAfter(Columns.good())).hasSize(7).allMatch(Verdict::holds);
    assertThat(Verdict.ofBefore(Columns.before(218, 982))).hasSize(2).allMatch(Verdict::holds);
  }

  @Test
  void before_has_to_fail_for_want_of_descriptors() {
    assertThat(broken(Verdict.ofBefore(Columns.before(600, 600))))
        .containsExactly("before: below 50 % success");
    assertThat(broken(Verdict.ofBefore(Columns.before(599, 0))))
        .containsExactly("before: too many open files");
  }

  @Test
  void one_connection_too_much_or_left_over_is_found() {
    assertThat(broken(Verdict.ofAfter(Columns.withServer(11, 0, 1_200))))
        .containsExactly("after: at most 10 connections open at the server at any instant");
    assertThat(broken(Verdict.ofAfter(Columns.withServer(10, 1, 1_200))))
        .containsExactly("after: 0 open at the server 1 s after close");
  }

  @Test
  void a_message_that_the_server_took_twice_is_found() {
    assertThat(broken(Verdict.ofAfter(Columns.withServer(10, 0, 1_201))))
        .containsExactly("after: the server took each message once");
  }

  @Test
  void one_failed_request_is_found() {
    assertThat(broken(Verdict.ofAfter(Columns.withHeavyPhase(999, 190))))
        .containsExactly("after: 1,200 of 1,200 requests succeed");
  }

  @Test
  void growth_of_five_megabytes_is_found() {
    assertThat(broken(Verdict.ofAfter(Columns.withHeap(9_999_999)))).isEmpty();
    assertThat(broken(Verdict.ofAfter(Columns.withHeap(10_000_000))))
        .containsExactly("after: heap growth under 5 MB");
  }

  @Test
  void throughput_is_measured_against_the_mean_latency() {
    assertThat(broken(Verdict.ofAfter(Columns.withHeavyPhase(1_000, 180.1)))).isEmpty();
    assertThat(broken(Verdict.ofAfter(Columns.withHeavyPhase(1_000, 179.9))))
        .singleElement()
        .asString()
        .startsWith("after: at least 180/s at 20 at a time");
  }

  @Test
  void of_a_server_that_cannot_be_asked_the_worker_knows_what_it_left() {
    assertThat(Verdict.ofAfter(Columns.remote(0))).hasSize(5).allMatch(Verdict::holds);
    assertThat(broken(Verdict.ofAfter(Columns.remote(1))))
        .containsExactly("after: 0 open by its own count 1 s after close");
  }
}
