package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void what_counts_is_at_the_bottom_of_a_failure() {
    ConnectException refused = new ConnectException("Failed to connect");
    refused.initCause(new SocketException("Too many open files"));
    tally.count(refused);
    tally.count(new IOException(new SocketTimeoutException("Read timed out")));
    assertThat(tally.tooManyOpenFiles()).isEqualTo(1);
    assertThat(tally.timeouts()).isEqualTo(1);
    assertThat(tally.reasons())
        .containsOnlyKeys(
            "SocketException: Too many open files", "SocketTimeoutException: Read timed out");
  }

  @Test
  void many_different_reasons_do_not_fill_the_memory() {
    for (int i = 0; i < 1_000; i++) {
      tally.count(new IOException("number " + i));
    }
    assertThat(tally.reasons()).hasSize(21).containsEntry("other", 980);
  }
}
