package dev.belay.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls that wait for themselves: made in the code of a call that holds a connection or a
 * permit, they wait for one that only such calls could give back.
 *
 * <p>Whoever begins to wait looks, so the last one to close such a circle sees it.
 */
final class Reentrance {
  /**
   * The same for all who look: else each of two calls that wait for each other could be refused.
   */
  private static final Comparator<CallEntry> BY_START =
      ((Comparator<CallEntry>) (a, b) -> Long.signum(a.deadline.startedAfter(b.deadline)))
          .thenComparingInt(System::identityHashCode);

  /** Calls that cannot go on, each with the gate where it waits, or with the inner call. */
  private final Map<CallEntry, Ticket> waiting = new HashMap<>();

  private final Map<CallEntry, CallEntry> innerOf = new HashMap<>();
  private final Map<Gate, Set<CallEntry>> holders = new HashMap<>();
  private final Set<Ticket> held = new HashSet<>();

  private Reentrance(Iterable<CallEntry> calls) {
    calls.forEach(this::add);
    Collection<CallEntry> all = new HashSet<>(waiting.keySet());
    all.addAll(innerOf.keySet());
    while (all.removeIf(call -> mayGoOn(call, all))) {
      waiting.keySet().retainAll(all);
    }
    waiting.keySet().retainAll(all);
  }

  private void add(CallEntry call) {
    Ticket ticket = call.waitsAt();
    if (ticket != null && ticket.gate.passesOn()) {
      waiting.put(call, ticket);
    }
    if (call.outer != null) {
      innerOf.put(call.outer, call);
    }
    for (Ticket place : call.places()) {
      held.add(place);
      holders.computeIfAbsent(place.gate, g -> new HashSet<>()).add(call);
    }
  }

  private boolean mayGoOn(CallEntry call, Collection<CallEntry> stuck) {
    Ticket ticket = waiting.get(call);
    if (ticket == null) {
      CallEntry inner = innerOf.get(call);
      return inner == null || !stuck.contains(inner);
    }
    Set<CallEntry> ahead = holders.getOrDefault(ticket.gate, Set.of());
    return ahead.isEmpty() || !stuck.containsAll(ahead);
  }

  /**
   * Refuses the youngest call that waits for itself, if there is one; its outer call can then go
   * on.
   */
  static void refuseWhatWaitsForItself(PoolState pool) {
    if (pool.nested.get() == 0) {
      return;
    }
    Reentrance first = new Reentrance(pool.ledger.calls());
    Ticket youngest = first.youngestInner();
    // Each look takes its time. What both have seen was so at the moment between them.
    if (youngest != null && first.agreesWith(new Reentrance(pool.ledger.calls()))) {
      refuse(youngest);
    }
  }

  private @Nullable Ticket youngestInner() {
    return waiting.entrySet().stream()
        .filter(entry -> entry.getKey().outer != null)
        .max(Map.Entry.comparingByKey(BY_START))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  private boolean agreesWith(Reentrance second) {
    return second.waiting.equals(waiting) && second.held.equals(held);
  }

  private static void refuse(Ticket ticket) {
    if (ticket.refuse(Reentrance::failure)) {
      ticket.gate.forget(ticket);
      ticket.call.wake();
    }
  }

  private static CallFailedException failure(CallEntry call) {
    CallEntry outer = call.outer;
    List<Holder> holder = outer == null ? List.of() : List.of(outer.holder());
    String what = "it would wait for the call that it was made in, " + outer;
    return call.limitReached(LimitReachedException.Limit.REENTRANT, what, holder);
  }
}
