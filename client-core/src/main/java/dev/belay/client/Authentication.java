package dev.belay.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The gate where calls wait for the value that authorizes them, one fetch for all of them.
 *
 * <p>It lies before the connections, so that nobody holds one while he waits for a value.
 */
final class Authentication implements Gate {
  static final String HEADER = "Authorization";

  private final TokenSource source;
  private final Executor callbacks;

  /** The value, or the fetch that will bring it; replaced by whoever starts the next fetch. */
  private final AtomicReference<@Nullable CompletableFuture<String>> current =
      new AtomicReference<>();

  /**
   * Who waits, and for which fetch: one that has just ended tells nobody who waits for the next. A
   * waiter enters before he looks whether it has ended, and the end comes before its look at the
   * waiters; a source that hangs keeps nobody who gave up.
   */
  private final Map<Ticket, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

  /**
   * The thread that asks the source, by itself; a call that it makes here would wait for itself.
   */
  private volatile @Nullable Thread fetching;

  Authentication(TokenSource source, Executor callbacks) {
    this.source = source;
    this.callbacks = callbacks;
  }

  @Override
  public Phase phase() {
    return Phase.TOKEN;
  }

  @Override
  public boolean passesOn() {
    return false;
  }

  @Override
  public Ticket enter(CallEntry call) throws LimitReachedException {
    if (Thread.currentThread() == fetching) {
      String what = "its TokenSource would wait for its own value; use another client in there";
      throw call.limitReached(LimitReachedException.Limit.REENTRANT, what, List.of());
    }
    Ticket ticket = new Ticket(this, call, Ticket.NEVER);
    if (!call.mayHaveSecrets()) {
      boolean unused = ticket.grant();
      return ticket;
    }
    CompletableFuture<String> value = value();
    waiting.put(ticket, value);
    if (value.isDone()) {
      tell(ticket, value);
    }
    return ticket;
  }

  private void tell(Ticket ticket, CompletableFuture<String> done) {
    if (waiting.remove(ticket, done)) { // else it waits for a later one
      CallEntry call = ticket.call;
      var unused =
          done.whenComplete(
              (text, failure) -> {
                call.attempts.authorizeWith(text);
                if (failure == null ? ticket.grant() : ticket.refuse(c -> noValue(c, failure))) {
                  call.wake();
                }
              });
    }
  }

  private CompletableFuture<String> value() {
    CompletableFuture<String> value = current.get();
    return value == null || value.isCompletedExceptionally() ? fetch(value, null) : value;
  }

  /** The one who puts the new fetch in the place of the old value starts it; the others join it. */
  private CompletableFuture<String> fetch(
      @Nullable CompletableFuture<String> old, @Nullable String rejected) {
    CompletableFuture<String> next = new CompletableFuture<>();
    if (!current.compareAndSet(old, next)) {
      return value();
    }
    try {
      callbacks.execute(() -> complete(next, rejected));
    } catch (RuntimeException | Error e) {
      boolean unused = next.completeExceptionally(e); // else every later call would wait for it
      waiting.keySet().forEach(ticket -> tell(ticket, next));
    }
    return next;
  }

  private void complete(CompletableFuture<String> next, @Nullable String rejected) {
    fetching = Thread.currentThread();
    try {
      String value = HeaderCheck.value(HEADER, source.authorization(rejected));
      fetching = null;
      boolean unused = next.complete(value);
    } catch (Exception | Error e) {
      fetching = null;
      boolean unused = next.completeExceptionally(e);
    }
    waiting.keySet().forEach(ticket -> tell(ticket, next));
  }

  private static CallFailedException noValue(CallEntry call, Throwable failure) {
    call.attempts.count();
    return new ConnectFailedException(
        call + " has no value for its Authorization header", call.circumstances(), failure);
  }

  /** The value that the call got when it passed; null when it has one of its own, or needs none. */
  static @Nullable String valueFor(CallEntry call) {
    String value = call.attempts.authorization();
    boolean own =
        value == null || call.request.header(HEADER) != null || call.secrets.hasHeader(HEADER);
    return own || !call.mayHaveSecrets() ? null : value;
  }

  /**
   * Whether a 401 is worth one more attempt: with a value that the server has not seen from this
   * call.
   */
  boolean replaces(CallEntry call, int status) {
    String rejected = status == Status.UNAUTHORIZED ? valueFor(call) : null;
    if (rejected == null || !call.mayHaveSecrets()) {
      return false;
    }
    if (!Repeatable.hasBody(call) || !call.attempts.mayReplaceToken()) {
      return false;
    }
    CompletableFuture<String> value = current.get();
    if (value != null && !value.isCompletedExceptionally() && rejected.equals(value.getNow(null))) {
      var unused = fetch(value, rejected); // else another call has begun to replace it
    }
    call.remember(List.of(rejected));
    return true;
  }

  @Override
  public void takeBack(Ticket ticket, boolean clean) {}

  @Override
  public void forget(Ticket ticket) {
    waiting.remove(ticket);
  }

  @Override
  public void expire(Ticket ticket) {}
}
