package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One call in the ledger: from its start until its answer is given back, whoever holds it.
 *
 * <p>Two parties meet here: the driver, which takes the call along its way and is one thread at a
 * time, and anybody who cuts it. The driver publishes a ticket before it looks whether the call was
 * cut; the cutter sets the cut before it looks for tickets. So one of the two always sees the
 * other.
 */
final class CallEntry {
  final Node node;
  final PoolState pool;
  final Secrets secrets;
  final boolean idempotent;

  /** Written by the driver between two attempts, when it is redirected; read by reports. */
  volatile Request request;

  /** Written with {@link #request}. */
  volatile Route route;

  /** What was secret in the attempts before it; written like {@link #request}, before it. */
  private volatile List<String> earlierSecrets = List.of();

  /** Moved once, by the driver, when it leaves the origin that its caller named. */
  private volatile boolean away;

  /** Whether the request carries a key by which the server recognises a repetition. */
  final boolean keyed;

  final RetryPolicy retry;

  /** How long a stream may be silent; null for a call that its deadline ends. */
  final @Nullable Duration idle;

  final UserEvents events;
  final Attempts attempts = new Attempts();
  private final Waker waker;
  private final Tickets tickets;
  final Deadline deadline;
  private final String openedBy;

  /** Set once, by whoever ends the call from outside. */
  private final AtomicReference<@Nullable Cut> cut = new AtomicReference<>();

  /**
   * Written by the driver, by the table that opens a connection for it while it waits, and by the
   * events of the exchange on its thread; read by reports.
   */
  volatile Phase phase = Phase.ADMISSION;

  /** Written by the opener before the response leaves his hands; read by reports. */
  private volatile @Nullable Throwable place;

  /** The call in whose code this one was made, whose thread waits for it; null for most. */
  final @Nullable CallEntry outer;

  /** Set when the user gets the response: nobody drives the call until he closes it. */
  volatile boolean handedOut;

  /** Of a response that was handed out; written by whoever hands it out, or ends the call. */
  private volatile @Nullable ForgottenResponse witness;

  CallEntry(Start start, PoolState pool, Waker waker, int gates) {
    node = start.node();
    this.pool = pool;
    request = start.request();
    route = new Route(Origin.of(request.url()), start.wiring());
    secrets = start.secrets();
    idempotent = start.terms().idempotent();
    keyed = start.terms().keyed();
    retry = start.terms().retry();
    idle = start.terms().idle();
    events = start.events();
    deadline = new Deadline(pool.clock, start.terms().deadline());
    place = start.place();
    this.waker = waker;
    outer = waker.isThread() ? Running.call() : null;
    openedBy = Tracking.opener(pool.settings.tracking());
    tickets = new Tickets(gates);
  }

  /** Goes on elsewhere, between two attempts. */
  void redirectTo(Request next) {
    Origin there = Origin.of(next.url());
    away |= !there.equals(route.origin());
    remember(Secrets.known(request));
    route = new Route(there, route.wiring());
    request = next;
  }

  /** What a next attempt does not send any more; the server may repeat it nevertheless. */
  void remember(Collection<String> secret) {
    Set<String> all = new HashSet<>(earlierSecrets);
    all.addAll(secret);
    earlierSecrets = List.copyOf(all);
  }

  /** Whether it goes where its caller sent it: nobody else can send his secrets anywhere. */
  boolean mayHaveSecrets() {
    return !away;
  }

  /** What a call starts with. */
  record Start(
      Node node,
      Request request,
      Wiring wiring,
      Secrets secrets,
      CallTerms terms,
      UserEvents events,
      @Nullable Throwable place) {}

  // The driver.

  /** True when nothing holds the call up, false while it waits. */
  boolean mayGoOn() throws CallFailedException {
    Cut reason = cut.get();
    if (reason != null) {
      throw reason.asFailure(this, null);
    }
    Ticket last = tickets.last();
    if (last != null && !last.letsIn()) {
      return false;
    }
    tickets.resume();
    return true;
  }

  /** How many gates it has passed, or waits at the last of. */
  int stage() {
    return tickets.size();
  }

  void enter(Gate gate) throws CallFailedException {
    Closing closing = node.closing();
    if (closing != null) {
      throw new Cut.Closed(closing).refusal(this);
    }
    phase = gate.phase();
    Ticket ticket = gate.enter(this);
    tickets.add(ticket);
    endWaitIfClosed(ticket);
    watch(ticket);
    if (ticket.isWaiting()) {
      Reentrance.refuseWhatWaitsForItself(pool);
    }
  }

  /** Waits for nothing but the time; the way goes on where it was. */
  void pause(Ticket ticket) throws CallFailedException {
    phase = ticket.gate.phase();
    Closing closing = node.closing();
    if (closing != null) {
      throw new Cut.Closed(closing).asFailure(this, null);
    }
    tickets.pause(ticket);
    endWaitIfClosed(ticket);
    watch(ticket);
  }

  /** A close that saw the call before it waited counts on it to look again. */
  private void endWaitIfClosed(Ticket ticket) {
    Closing closing = ticket.isWaiting() ? node.closing() : null;
    if (closing != null) {
      boolean unused = cut(new Cut.Closed(closing));
    }
  }

  private void watch(Ticket ticket) {
    long until = ticket.until();
    if (until != Ticket.NEVER && ticket.isWaiting()) {
      pool.watch(until);
    }
  }

  void giveBack(int fromGate, boolean clean) {
    tickets.giveBack(fromGate, clean);
  }

  Lease lease() {
    return tickets.lease();
  }

  Waker waker() {
    return waker;
  }

  // Anybody.

  /** Of a call that runs on threads of ours; its log lines carry it too. */
  CallContext.Captured context() {
    return waker.context();
  }

  void wake() {
    waker.wake();
  }

  /** Ends the call from outside; true for the one who did. Closes its connection at once. */
  boolean cut(Cut reason) {
    if (!cut.compareAndSet(null, reason)) {
      return false;
    }
    Lease held = tickets.held();
    if (handedOut && !(reason instanceof Cut.Cancelled)) {
      pool.leaks.reclaimed(held != null && held.isReported());
    }
    tickets.cutConnection();
    if (handedOut) {
      // Nobody drives it, so nobody else gives its permits back. Its listeners are the user's, and
      // this may be the housekeeper.
      Holder holder = holder();
      pool.callbacks.execute(() -> Contexts.run(context(), () -> endHeld(holder, reason)));
    } else {
      wake();
    }
    return true;
  }

  @Nullable Cut cut() {
    return cut.get();
  }

  /** Cuts a call that waits; one that has a connection may finish within the grace period. */
  boolean refuseWaiting(Cut reason) {
    Ticket last = tickets.last();
    return last != null && last.isWaiting() && cut(reason);
  }

  /**
   * The end, whatever it was: everything goes back, the ledger forgets the call. Idempotent. In
   * this order, so that the ledger names the holder of every place.
   */
  void end(@Nullable IOException failure) {
    try {
      tickets.giveBack(0, false);
    } finally {
      forget(failure);
    }
  }

  private void forget(@Nullable IOException failure) {
    if (pool.ledger.remove(this)) {
      watchBy(null);
      if (outer != null) {
        pool.nested.decrementAndGet();
      }
      attempts.released();
      events.ended(failure);
      pool.lifecycle.closed(() -> holder("call", deadline.age())); // as it was opened
    }
  }

  /** The last trace of a response that its owner did not close in time: the line that opened it. */
  private void endHeld(Holder holder, Cut reason) {
    try {
      if (reason instanceof Cut.Forgotten) {
        pool.lifecycle.forgotten(holder);
        Leaks.warn(holder);
      } else if (pool.ledger.contains(this) && reason instanceof Cut.Deadline) {
        Log.CALL.warn("a response was not closed in time and has lost its connection: {}", holder);
      }
    } finally {
      end(reason.asFailure(this, null)); // a log that throws keeps nobody's permits
    }
  }

  /** Who tells that nobody can reach the response any more; null for nobody. */
  void watchBy(@Nullable ForgottenResponse next) {
    ForgottenResponse last = witness;
    witness = next;
    if (last != null) {
      last.clear();
    }
  }

  // Reports.

  boolean hasPlace() {
    return place != null;
  }

  void openedAt(@Nullable Throwable stack) {
    place = stack;
  }

  Circumstances circumstances() {
    return Failures.circumstances(this);
  }

  /** The refusal of a gate that has no room, with those who have it. */
  LimitReachedException limitReached(Gate gate, LimitReachedException.Limit limit, String what) {
    return limitReached(limit, what, pool.ledger.holders(gate));
  }

  /** The refusal of a gate that opens by itself, and when it would. */
  LimitReachedException limitReached(
      LimitReachedException.Limit limit, String what, @Nullable Duration retryAfter) {
    Circumstances then = circumstances().withRetryAfter(retryAfter);
    return new LimitReachedException(this + " was refused: " + what, then, limit, List.of());
  }

  LimitReachedException limitReached(
      LimitReachedException.Limit limit, String what, List<Holder> holders) {
    return new LimitReachedException(
        this + " was refused: " + what, circumstances(), limit, holders);
  }

  /** The last that it got at a gate; null before the first. */
  @Nullable Ticket ticket() {
    return tickets.last();
  }

  /** A text about it, without the secrets of its client and its request. */
  String mask(String text) {
    return text.length() < Mask.LEAST ? text : secrets.mask(text, broughtSecrets());
  }

  /** A server that has seen one of them may repeat it with any later answer. */
  private List<String> broughtSecrets() {
    List<String> brought = new ArrayList<>(earlierSecrets);
    brought.addAll(Secrets.known(request));
    String token = attempts.authorization();
    if (token != null) {
      brought.add(token);
    }
    return brought;
  }

  @Nullable Lease heldLease() {
    return tickets.held();
  }

  /** Where it waits for others; null when it does not. */
  @Nullable Ticket waitsAt() {
    Ticket last = tickets.last();
    return last != null && last.isWaiting() && !last.holdsPlace() ? last : null;
  }

  /** What others may have to wait for. */
  List<Ticket> places() {
    return tickets.places();
  }

  Holder holder() {
    return holder(handedOut ? "response" : "call", deadline.age());
  }

  Holder holder(String kind, Duration since) {
    return new Holder(
        kind, node.name, toString(), phase, since, mask(openedBy), localPort(), place);
  }

  private int localPort() {
    Lease lease = heldLease();
    return lease == null ? 0 : lease.localPort();
  }

  @Override
  public String toString() {
    return mask(Text.of(request));
  }
}
