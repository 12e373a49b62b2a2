package dev.belay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The attempts of one call, and the evidence that they left. Written by the driver of the call. */
final class Attempts {
  /** Read by reports. */
  private final AtomicInteger begun = new AtomicInteger();

  /** The running one; read by reports. */
  private volatile @Nullable Exchange exchange;

  /** The worst that the attempts before the running one may have done; read by reports. */
  private volatile Outcome earlier = Outcome.NOT_SENT;

  /** Written by the gate that has the value, before it lets the call in; read by the driver. */
  private volatile @Nullable String authorization;

  /** Touched by the driver only, like all below. */
  private final List<CallFailedException> failures = new ArrayList<>(0);

  private @Nullable BreakerPass pass;
  private boolean counted;
  private boolean stale;
  private boolean usedBody;
  private boolean replayed;
  private boolean tokenReplaced;
  private int redirects;
  private @Nullable Object retryContext;

  void begin(Exchange next) {
    stale = false;
    count();
    exchange = next;
  }

  /** The next attempt is one that a circuit breaker permitted, and that it hears the result of. */
  void permitted(BreakerPass next) {
    pass = next;
  }

  /** Tells the result of the attempt; true when the breaker is open, so that none may follow. */
  boolean endWith(int status) {
    BreakerPass permitted = pass;
    if (permitted == null) {
      return false;
    }
    permitted.answered(status);
    return permitted.isOpen();
  }

  /** The same for one without an answer. */
  boolean endWith(CallFailedException failure) {
    BreakerPass permitted = pass;
    if (permitted == null) {
      return false;
    }
    permitted.failed(failure);
    return permitted.isOpen();
  }

  void count() {
    begun.incrementAndGet();
  }

  int number() {
    return begun.get();
  }

  /** True once at each origin: the call counts as one, however many attempts it has. */
  boolean isFirst() {
    boolean first = !counted;
    counted = true;
    return first;
  }

  /** The one that runs, or ran last if none follows it. */
  @Nullable Exchange last() {
    return exchange;
  }

  /** The connection of the running one goes back, or went; tells listeners, once. */
  void released() {
    Exchange running = exchange;
    if (running != null) {
      running.released();
    }
  }

  /** The connection had been closed by the server before anything was sent. */
  void connectionWasStale() {
    stale = true;
    exchange = null;
  }

  /** Like {@link #connectionWasStale}, found by OkHttp when the attempt had begun: it was none. */
  void beginWasStale() {
    begun.decrementAndGet();
    connectionWasStale();
  }

  boolean hadStaleConnection() {
    return stale;
  }

  void authorizeWith(@Nullable String value) {
    authorization = value;
  }

  @Nullable String authorization() {
    return authorization;
  }

  /** True once: a server that refuses a fresh value as well is right. */
  boolean mayReplaceToken() {
    boolean first = !tokenReplaced;
    tokenReplaced = true;
    return first;
  }

  /** True once: a server that refuses the next one as well is asked by the rules of the policy. */
  boolean mayReplay() {
    boolean first = !replayed;
    replayed = true;
    return first;
  }

  /** Whether the request body was asked for its bytes, which some can give only once. */
  boolean hasUsedBody() {
    Exchange last = exchange;
    return usedBody || (last != null && last.hasBegunBody());
  }

  /** Another attempt follows one that failed; its failure will be suppressed in the last. */
  void failed(CallFailedException failure) {
    failures.add(failure);
    ended(failure.outcome());
  }

  /**
   * The next attempt goes where this answer has said.
   *
   * @param leaves whether that is another origin
   */
  void redirected(int status, boolean leaves) {
    redirects++;
    counted &= !leaves;
    ended(Failures.outcomeOf(status, false));
  }

  int redirects() {
    return redirects;
  }

  /** Another attempt follows one that may have done this. */
  void ended(Outcome outcome) {
    usedBody = hasUsedBody();
    earlier = Outcome.worse(earlier, outcome);
    exchange = null;
  }

  Outcome outcomeSoFar() {
    return earlier;
  }

  void suppressIn(CallFailedException last) {
    failures.forEach(last::addSuppressed);
  }

  /** The retry context of the call, of a type that only the retry layer knows; made when needed. */
  @SuppressWarnings("unchecked")
  <C> C retryContext(Supplier<C> first) {
    C context = (C) retryContext;
    if (context == null) {
      context = first.get();
      retryContext = context;
    }
    return context;
  }
}
