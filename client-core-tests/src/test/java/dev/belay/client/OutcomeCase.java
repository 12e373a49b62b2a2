package dev.belay.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way to come into a row of the outcome table, and what is to come of it.
 *
 * @param ending without the numbers
 * @param attempts that are expected, by the kind of the request
 * @param reach how many requests and connections are expected of them
 * @param absent why there is no such case, by protocol or kind
 */
record OutcomeCase(
    String name,
    Scene scene,
    Ending ending,
    Map<OutcomeKind, Integer> attempts,
    Reach reach,
    Map<Enum<?>, String> absent) {

  /** What the server gets of an attempt. */
  enum Reach {
    NOTHING,
    A_REQUEST,
    A_REQUEST_ON_A_NEW_CONNECTION
  }

  static OutcomeCase when(String name, Scene scene, Ending ending) {
    return new OutcomeCase(name, scene, ending, Map.of(), Reach.A_REQUEST, Map.of());
  }

  /** Of two that the policy allows; 0 for a kind that has no such case. */
  OutcomeCase attempts(int post, int keyed, int get) {
    Map<OutcomeKind, Integer> all =
        Map.of(OutcomeKind.POST, post, OutcomeKind.KEYED, keyed, OutcomeKind.GET, get);
    return new OutcomeCase(name, scene, ending, all, reach, absent);
  }

  OutcomeCase unsent() {
    return new OutcomeCase(name, scene, ending, attempts, Reach.NOTHING, absent);
  }

  OutcomeCase onNewConnections() {
    Reach each = Reach.A_REQUEST_ON_A_NEW_CONNECTION;
    return new OutcomeCase(name, scene, ending, attempts, each, absent);
  }

  OutcomeCase onlyHttp2() {
    return without(Wire.CLEAR, "HTTP/1.1 has no streams");
  }

  OutcomeCase notFor(OutcomeKind kind, String reason) {
    return without(kind, reason);
  }

  private OutcomeCase without(Enum<?> protocolOrKind, String reason) {
    Map<Enum<?>, String> more = new HashMap<>(absent);
    more.put(protocolOrKind, reason);
    return new OutcomeCase(name, scene, ending, attempts, reach, Map.copyOf(more));
  }

  /** Why it is not to be tried; null where it is. */
  @Nullable String whyNot(Wire wire, OutcomeKind kind) {
    String ofKind = absent.get(kind);
    return ofKind != null ? ofKind : absent.get(wire);
  }

  int expectedAttempts(OutcomeKind kind) {
    return Objects.requireNonNull(attempts.get(kind), "attempts of " + name);
  }

  Ending expected(OutcomeKind kind) {
    int expected = expectedAttempts(kind);
    int requests = reach == Reach.NOTHING ? 0 : expected;
    int connections = reach == Reach.A_REQUEST_ON_A_NEW_CONNECTION ? expected : 0;
    return ending.with(new Ending.Counts(expected, requests, connections));
  }
}
