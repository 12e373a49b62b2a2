package dev.belay.testkit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What a {@link FaultServer} answers, by fault. */
final class FaultScripts {

  private static final Map<Fault, FaultExchange.Script> ALL = all();

  private static final Map<Fault, FaultStream.Script> STREAMS = WrongStreams.scripts();

  private FaultScripts() {}

  private static Map<Fault, FaultExchange.Script> all() {
    Map<Fault, FaultExchange.Script> all = new EnumMap<>(Fault.class);
    all.putAll(BrokenAnswers.scripts());
    all.putAll(EndlessAnswers.scripts());
    all.putAll(WrongHeads.scripts());
    all.putAll(WrongFraming.scripts());
    all.putAll(WrongEncodings.scripts());
    all.putAll(Redirections.scripts());
    return all;
  }

  static boolean isNamed(Fault fault) {
    return ALL.containsKey(fault);
  }

  /** For those that are about more than the connection: a wrong certificate has a good answer. */
  static FaultExchange.Script of(Fault fault) {
    return Objects.requireNonNullElse(ALL.get(fault), FaultExchange::answerWell);
  }

  static FaultStream.Script ofStream(Fault fault) {
    return Objects.requireNonNull(STREAMS.get(fault), fault::label);
  }
}
