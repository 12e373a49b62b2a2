package dev.belay.testkit;

import java.util.Collection;
import java.util.List;

/**
 * About one scope.
 *
 * @param unclaimed what is open and cannot be said to be of anybody who runs now
 */
record Verdict(List<Leak> leaks, Collection<Holding> unclaimed) {}
