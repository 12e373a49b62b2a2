package dev.belay.testkit;

import java.util.Collection;
import java.util.List;

/**
 * About one scope.
 *
 * @param guilty what of the leaks a ledger knows, and closes
 * @param allowed what stays open, as somebody has declared
 * @param unclaimed what is open and cannot be said to be of anybody who runs now
 */
record Verdict(
    List<Leak> leaks, List<Holding> guilty, List<Holding> allowed, Collection<Holding> unclaimed) {

  Verdict with(Collection<Holding> others) {
    return new Verdict(leaks, guilty, allowed, others);
  }

  boolean names(Holding holding) {
    return isIn(guilty, holding) || isIn(allowed, holding);
  }

  private static boolean isIn(List<Holding> some, Holding holding) {
    return some.stream().anyMatch(one -> one.openedAt() == holding.openedAt());
  }
}
