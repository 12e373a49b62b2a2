package dev.belay.benchmarks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTableTest {

  @Test
  void all_lines_have_the_same_length() {
    String table = DemoTable.of(List.of(Columns.before(218, 982), Columns.good()));
    assertThat(table.lines().map(String::length).distinct()).hasSize(1);
    assertThat(table.lines()).hasSize(16);
    assertThat(table.lines())
        .anyMatch(line -> line.matches("success rate +18.2 % +100.0 %"))
        .anyMatch(line -> line.matches("most connections open at the server +218 +10"));
  }

  @Test
  void what_only_the_server_knows_is_not_made_up() {
    String table = DemoTable.of(List.of(Columns.remote(0)));
    assertThat(table.lines())
        .anyMatch(line -> line.matches("messages the server took +unknown"))
        .anyMatch(line -> line.matches(" +still open 1 s after close +0 by its own count"));
  }
}
