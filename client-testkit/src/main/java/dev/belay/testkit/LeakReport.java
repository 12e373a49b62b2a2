package dev.belay.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is wrong with one test or class, in the words that whoever has to mend it reads. */
final class LeakReport {
  private static final List<String> THREADS_OF_CLIENTS =
      List.of("OkHttp", "HttpClient-", "httpclient-", "Keep-Alive-", "reactor-http-");

  private static final int MOST_THREADS = 4;

  private final String name;
  private final RunGate gate;
  private final List<String> parts = new ArrayList<>();

  LeakReport(String name, RunGate gate) {
    this.name = name;
    this.gate = gate;
  }

  /** Ends the scope. */
  void judge(LeakScope scope, LeakOptions options) {
    if (gate.isOff()) {
      scope.abandon();
      return;
    }
    Verdict verdict = scope.end(options);
    gate.excuse(verdict.allowed());
    gate.suspect(verdict.unclaimed(), options);
    List<Leak> leaks = verdict.leaks();
    if (!leaks.isEmpty()) {
      gate.report(name, leaks);
      parts.add(name + (leaks.size() == 1 ? " left this open:" : " left these open:"));
      leaks.forEach(leak -> parts.add(leak.text()));
      hintAtThreads();
    }
  }

  boolean isClean() {
    return parts.isEmpty();
  }

  /** What leaks has other cares than what might be removed. */
  void judgeOptOuts(Collection<OptOut> declared) {
    if (!isClean() || gate.isOff()) {
      return;
    }
    declared.stream()
        .filter(OptOut::isUnused)
        .forEach(one -> parts.add(name + ": nothing needed the opt-out " + one + "; remove it"));
  }

  void throwIfAny() {
    if (!isClean()) {
      throw new AssertionError(String.join("\n", parts));
    }
  }

  /** Not judged: a client that is closed may leave its threads for a while. */
  private void hintAtThreads() {
    Set<String> names =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(thread -> THREADS_OF_CLIENTS.stream().anyMatch(thread::startsWith))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!names.isEmpty()) {
      String some = names.stream().limit(MOST_THREADS).collect(Collectors.joining(", "));
      int more = names.size() - MOST_THREADS;
      parts.add("  threads of clients: " + some + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
