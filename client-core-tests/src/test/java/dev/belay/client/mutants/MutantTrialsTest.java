package dev.belay.client.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not pass for a mutant that was caught. */
@Tag("endurance")
class MutantTrialsTest {
  private static final String TICKET = "client-core/src/main/java/dev/belay/client/Ticket.java";
  private static final String GIVEN_BACK_ONCE =
      "GateTest#a_permit_that_is_given_back_twice_counts_once";

  @TempDir Path work;

  private void attempt(String test, String... diff) throws Throwable {
    List<String> header =
        List.of("# Breaks: something", "# Test: " + test, "+++ b/" + TICKET, "@@");
    List<String> patch = new ArrayList<>(header);
    patch.addAll(List.of(diff));
    try (MutantTrials trials = new MutantTrials(work)) {
      trials.begin(Mutant.parse("mutant", patch)).expectCaught();
    }
  }

  @Test
  void a_mutant_that_its_test_does_not_notice() {
    assertThatThrownBy(() -> attempt(GIVEN_BACK_ONCE, " class Ticket {", "+  int unused;"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("with mutant (something)")
        .hasMessageContaining("PASSED");
  }

  @Test
  void a_test_that_is_red_without_the_mutant() {
    assertThatThrownBy(() -> attempt("mutants.MutantTrialsTest$Red#it_is_red", " class Ticket {"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("without mutant");
  }

  static final class Red {
    @Test
    void it_is_red() {
      assertThat(1).isEqualTo(2);
    }
  }

  @Test
  void a_test_that_does_not_exist() {
    assertThatThrownBy(() -> attempt("GateTest#gone", " class Ticket {"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("BROKEN");
  }

  @Test
  void a_mutant_that_the_test_cannot_be_linked_with() {
    assertThatThrownBy(
            () ->
                attempt(
                    GIVEN_BACK_ONCE,
                    "-  final void giveBack(boolean clean) {",
                    "+  final void giveBack(boolean clean, int... unused) {"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("NoSuchMethodError")
        .hasMessageContaining("BROKEN");
  }

  @Test
  void a_mutant_that_does_not_compile() {
    assertThatThrownBy(() -> attempt(GIVEN_BACK_ONCE, " class Ticket {", "+  nonsense"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("error: ");
  }

  @Test
  void a_patch_that_no_longer_applies() {
    assertThatThrownBy(() -> attempt(GIVEN_BACK_ONCE, " class Tickets {", "+  int unused;"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("mutant, " + TICKET + ": the patch no longer applies: update it");
  }

  @Test
  void a_patch_that_applies_in_several_places() {
    assertThatThrownBy(() -> attempt(GIVEN_BACK_ONCE, "-  }", "+  };"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("give it more context");
  }
}
