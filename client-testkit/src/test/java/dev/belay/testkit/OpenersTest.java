package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** With ports above those that there are, so that no other test has them. */
class OpenersTest {

  private static final int SERVER = 1;

  // Held weakly by what is tested.
  private final Object connection = new Object();
  private final Object next = new Object();

  @Test
  void of_several_calls_on_a_connection_the_oldest_that_runs_is_told() {
    Openers.Call first = new Openers.Call("first");
    Openers.Call second = new Openers.Call("second");
    Openers.acquired(connection, 70_001, SERVER, first);
    Openers.acquired(connection, 70_001, SERVER, second);
    assertThat(Openers.of(70_001)).isNotNull().extracting(Opener::what).isEqualTo("first");
    Openers.released(70_001, first);
    assertThat(Openers.of(70_001)).isNotNull().extracting(Opener::what).isEqualTo("second");
    Openers.released(70_001, second);
    assertThat(Openers.of(70_001)).isNotNull().extracting(Opener::ended).isEqualTo(true);
  }

  @Test
  void a_new_connection_on_the_same_port_has_nothing_of_the_old_one() {
    Openers.Call leaked = new Openers.Call("leaked");
    Openers.Call done = new Openers.Call("done");
    Openers.acquired(connection, 70_002, SERVER, leaked);
    Openers.acquired(next, 70_002, SERVER, done);
    Openers.released(70_002, done);
    assertThat(Openers.of(70_002)).isNotNull().extracting(Opener::what).isEqualTo("done");
    assertThat(Openers.of(70_002)).isNotNull().extracting(Opener::ended).isEqualTo(true);
  }

  @Test
  void an_unknown_port_and_another_server_have_no_opener() {
    Openers.acquired(connection, 70_003, SERVER, new Openers.Call("x"));
    assertThat(Openers.of(70_004)).isNull();
    assertThat(Openers.of(70_003, SERVER + 1)).isNull();
    Openers.released(70_004, new Openers.Call("nobody's"));
  }

  @Test
  void the_oldest_of_very_many_are_forgotten() {
    for (int port = 80_000; port < 90_000; port++) {
      Openers.acquired(connection, port, SERVER, new Openers.Call("x"));
    }
    assertThat(Openers.of(80_000)).isNull();
    assertThat(Openers.of(89_999)).isNotNull();
  }
}
