package dev.belay.testkit;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a client library with a ledger of its own says about what is open since a moment. */
interface LedgerWitness {
  /** Where there is no such library. */
  LedgerWitness NONE =
      new LedgerWitness() {
        @Override
        public List<Holding> opened() {
          return List.of();
        }

        @Override
        public Set<Holding.Ports> ports() {
          return Set.of();
        }

        @Override
        public void reclaim(Collection<Holding> leaks) {}

        @Override
        public Object leakOnPurpose() {
          return this;
        }

        @Override
        public void end() {}
      };

  /**
   * Begins now, where the core is on the class path; users of other clients need not have it.
   *
   * @param early what counts as opened since, although it is there: a class may be initialized
   *     before JUnit says that it begins
   */
  static LedgerWitness start(Predicate<Holding> early) {
    return Presence.BELAY ? new BelayWitness(early) : NONE;
  }

  /** What was opened since the beginning, by whomever, and is open. */
  List<Holding> opened();

  /** The ports of all connections of which this knows; others judge none of them. */
  Set<Holding.Ports> ports();

  /** Closes them, so that the next test begins without them. */
  void reclaim(Collection<Holding> leaks);

  /**
   * Leaves something open, in the name of whoever calls; the collector would find what it drops.
   */
  Object leakOnPurpose();

  /** Stops taking stacks. */
  void end();

  /** Looked for once. */
  final class Presence {
    static final boolean BELAY = isPresent("dev.belay.client.BoundedPool");

    private Presence() {}

    private static boolean isPresent(String type) {
      try {
        Class<?> unused = Class.forName(type, false, Presence.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }
}
