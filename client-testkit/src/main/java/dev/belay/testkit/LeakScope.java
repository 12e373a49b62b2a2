package dev.belay.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * One test, or one class of tests, from its beginning to its verdict: what was opened meanwhile, is
 * still open, and was not opened by another one that runs at the same time.
 */
final class LeakScope {
  private static final Duration LONGEST_STEP = Duration.ofMillis(20);

  /** The tests that run now; each adds and removes itself, all read. */
  private static final Set<LeakScope> RUNNING = ConcurrentHashMap.newKeySet();

  /** The classes that have begun and not ended; likewise. */
  private static final Set<LeakScope> CLASSES = ConcurrentHashMap.newKeySet();

  final TestIdentity who;
  private final Duration grace;

  /** Grows by the thread of the test, or by several that share a class. */
  private final List<PortWitness> ports = new CopyOnWriteArrayList<>();

  private final ForeignLeaks foreign;
  private final LedgerWitness ledger;

  /**
   * @param shared whether idle connections of clients without a ledger may stay
   */
  LeakScope(TestIdentity who, Duration grace, OptOut shared) {
    this.who = who;
    this.grace = grace;
    foreign = new ForeignLeaks(ports, shared);
    ledger = LedgerWitness.start(this::isEarly);
    peers().add(this);
  }

  private Set<LeakScope> peers() {
    return who.isClass() ? CLASSES : RUNNING;
  }

  /** JUnit reads the static fields of a class, and so initializes it, before its first callback. */
  private boolean isEarly(Holding holding) {
    String initialized = holding.initialized();
    return who.isClass() && !initialized.isEmpty() && who.isOfClass(initialized);
  }

  /** A server of this scope alone. */
  void add(PortWitness port) {
    ports.add(port);
  }

  /** For the canary, which holds what it gets. */
  Object leakOnPurpose() {
    return ledger.leakOnPurpose();
  }

  /** A server of this scope no more. */
  void remove(PortWitness port) {
    ports.remove(port);
  }

  /**
   * Waits while there is something, but no longer than the grace, and closes what is a leak.
   *
   * @param options what is none, and stays open
   */
  Verdict end(LeakOptions options) {
    boolean interrupted = Thread.interrupted(); // else the wait is none, and the kernel is not read
    try {
      Verdict verdict = awaitNothing().judge(options);
      ledger.reclaim(verdict.guilty());
      return verdict.with(unclaimed(verdict));
    } finally {
      abandon();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends without a verdict. Until then what it has open is not to be others'. */
  void abandon() {
    peers().remove(this);
    ledger.end();
  }

  private Findings awaitNothing() {
    long until = System.nanoTime() + grace.toNanos();
    long step = 1_000;
    Findings found = look();
    while (!found.isEmpty() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(step);
      step = Math.min(2 * step, LONGEST_STEP.toNanos());
      found = look();
    }
    return found.isEmpty() ? found : complete();
  }

  /** Asks the kernel only when all others see nothing: that takes 10 ms. */
  private Findings look() {
    List<Holding> holdings = ours();
    List<Peer> seen = foreigners();
    List<Peer> certain = foreign.certain(seen);
    boolean clean = holdings.isEmpty() && certain.isEmpty();
    return new Findings(holdings, clean ? foreign.all(seen) : certain);
  }

  private Findings complete() {
    return new Findings(ours(), foreign.all(foreigners()));
  }

  /** Those of which no ledger knows: it judges its own, and may call them right. */
  private List<Peer> foreigners() {
    List<Peer> seen = foreign.look();
    if (seen.isEmpty()) {
      return seen;
    }
    Set<Holding.Ports> known = ledger.ports();
    return seen.stream().filter(peer -> !known.contains(peer.ports())).toList();
  }

  private List<Holding> ours() {
    return ledger.opened().stream().filter(this::isOurs).toList();
  }

  /** The address first, which nobody else has. */
  private boolean isOurs(Holding holding) {
    if (foreign.areAddressedBy(holding)) {
      return true;
    }
    if (isElsewhere(other -> other.foreign.areAddressedBy(holding))) {
      return false;
    }
    String initialized = holding.initialized();
    if (!initialized.isEmpty()) {
      return who.isClass() && who.isOfClass(initialized); // else it is for the whole run
    }
    return who.isClass() ? isOfClass(holding) : isByOpener(holding);
  }

  /** A test of another class may have called a method of this one. */
  private boolean isOfClass(Holding holding) {
    Throwable at = holding.openedAt();
    return who.isIn(at)
        && !isElsewhere(other -> other.who.isThread(holding.thread()) || other.who.isIn(at));
  }

  /** Then the thread of the test; the stack last, which repetitions of a test have in common. */
  private boolean isByOpener(Holding holding) {
    if (who.isThread(holding.thread())) {
      return true;
    }
    if (isElsewhere(other -> other.who.isThread(holding.thread()))) {
      return false;
    }
    boolean here = foreign.haveAllOf(holding) || who.isIn(holding.openedAt());
    return here || (isAlone() && !who.isOfAnother(holding.openedAt()));
  }

  /** Whether nobody else can have opened what nobody is known to have opened. */
  private boolean isAlone() {
    return RUNNING.size() == 1
        && RUNNING.contains(this)
        && CLASSES.stream().noneMatch(other -> other.who.isBeside(who));
  }

  private boolean isElsewhere(Predicate<LeakScope> claim) {
    return RUNNING.stream().anyMatch(other -> other != this && claim.test(other));
  }

  /** What nobody who runs is to blame for, as far as can be seen now. */
  private Collection<Holding> unclaimed(Verdict verdict) {
    return ledger.opened().stream()
        .filter(holding -> !verdict.names(holding))
        .filter(holding -> !isElsewhere(other -> other.isOurs(holding)))
        .toList();
  }
}
