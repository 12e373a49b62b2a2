package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The way of a request, from its caller to the socket and back. */
final class Way {
  /** Where an attempt begins: what is behind this index is given back before every back-off. */
  static final int ATTEMPT = 1;

  private static final Pause BACK_OFF = new Pause(Phase.BACK_OFF);

  final List<Gate> gates;
  private final Shared shared;

  Way(List<Gate> gates, Shared shared) {
    this.gates = List.copyOf(gates);
    this.shared = shared;
  }

  /** What all the ways of a client have in common. */
  record Shared(
      Origins origins,
      @Nullable OriginPause pause,
      @Nullable Authentication authentication,
      Redirects redirects,
      Exchange.Bounds bounds,
      long maxBody) {

    static Shared of(ClientSettings settings, PoolState pool) {
      Origins origins = new Origins(pool.clock);
      Duration longest = settings.times().originPause();
      TokenSource tokens = settings.tokens();
      return new Shared(
          origins,
          longest.isZero() ? null : new OriginPause(origins, longest, pool.random),
          tokens == null ? null : new Authentication(tokens, pool.callbacks),
          new Redirects(settings),
          new Exchange.Bounds(settings.times().attempt(), settings.limits().sizes().wire()),
          settings.limits().sizes().body());
    }
  }

  Origins origins() {
    return shared.origins();
  }

  int gates() {
    return gates.size();
  }

  /**
   * Takes the call on, as far as it can go without waiting at a gate.
   *
   * @return the answer, or null when the call waits, or goes on in another thread
   * @throws IOException the failure that the caller shall see
   */
  @Nullable Response advance(CallEntry call) throws IOException {
    while (true) {
      try {
        if (!call.mayGoOn()) {
          return null;
        }
        if (call.stage() == ATTEMPT && holdsBack(call)) {
          continue;
        }
        if (call.stage() < gates.size()) {
          call.enter(gates.get(call.stage()));
          continue;
        }
        if (!call.waker().mayBlock()) {
          return null;
        }
        if (isHeldBackMeanwhile(call)) {
          call.giveBack(ATTEMPT, call.lease().isReused());
          continue;
        }
        Response answer = exchange(call);
        if (answer != null) {
          return answer;
        }
      } catch (CallFailedException failure) {
        tryAgain(call, failure);
      }
    }
  }

  /** True when the call waits from now on, because its origin wants to be left alone. */
  private boolean holdsBack(CallEntry call) throws CallFailedException {
    OriginPause pause = shared.pause();
    return pause != null && pause.holdsBack(call);
  }

  /** Its origin has asked for a pause while the call waited for a permit or a connection. */
  private boolean isHeldBackMeanwhile(CallEntry call) {
    OriginPause pause = shared.pause();
    return pause != null && pause.isOn(call);
  }

  /** The answer to return; null when the call has to take another turn. */
  private @Nullable Response exchange(CallEntry call) throws IOException {
    Lease lease = call.lease();
    lease.begin();
    if (lease.isReused() && !lease.carrier().isFresh(call.idempotent, call.deadline.now())) {
      call.attempts.connectionWasStale();
      return withAnotherConnection(call);
    }
    Exchange exchange = begin(call, lease);
    Response answer;
    try {
      answer = exchange.run();
    } catch (IOException e) {
      if (foundStale(call, exchange, e)) {
        lease.wasRefused();
        call.attempts.beginWasStale();
        return withAnotherConnection(call);
      }
      throw failed(exchange, e);
    }
    return judge(call, exchange, answer);
  }

  private Exchange begin(CallEntry call, Lease lease) throws IOException {
    Exchange exchange = new Exchange(call, lease, call.request, shared.bounds());
    count(call);
    call.attempts.begin(exchange);
    call.pool.watch(exchange.wait.endsBy);
    return exchange;
  }

  /** What is repeated is a share of these. */
  private void count(CallEntry call) {
    if (call.attempts.isFirst()) {
      shared.origins().of(call).budget.called(call.deadline.now());
    }
  }

  private static IOException failed(Exchange exchange, IOException e) {
    StreamReset.note(exchange, e);
    if (isOwn(exchange.call, exchange, e)) {
      IOException clean = Scrubbed.io(e); // it may have read the answer, and OkHttp quoted that
      exchange.endsWith(clean);
      return clean;
    }
    return Failures.of(exchange.call, e);
  }

  private @Nullable Response withAnotherConnection(CallEntry call) {
    call.giveBack(gates.size() - 1, false);
    return null;
  }

  /** OkHttp wanted a new socket for a connection that others had used: it had found it closed. */
  private static boolean foundStale(CallEntry call, Exchange exchange, IOException e) {
    return e instanceof SocketGate.NoPlaceException
        && call.lease().isReused()
        && call.cut() == null
        && !exchange.traces.mayHaveBeenSent();
  }

  /** What an interceptor or a request body threw goes to the caller as it is, unless he was cut. */
  private static boolean isOwn(CallEntry call, Exchange exchange, IOException e) {
    boolean users = e instanceof OneShot.BodyFailedException || !exchange.isOfNetwork(e);
    return users && call.cut() == null;
  }

  private @Nullable Response judge(CallEntry call, Exchange exchange, Response answer)
      throws CallFailedException {
    Duration pause = pauseAfter(call, exchange, answer);
    if (pause == null) {
      return answerOrRedirect(call, exchange, answer);
    }
    Log.RETRY.debug("{} answered {}, next attempt in {}", call, answer.code(), pause);
    lease(call, exchange, answer).discard();
    call.attempts.ended(Failures.outcomeOf(answer.code(), exchange.retryAfter() != null));
    backOff(call, pause);
    return null;
  }

  private @Nullable Response answerOrRedirect(CallEntry call, Exchange exchange, Response answer)
      throws CallFailedException {
    LeasedSource body = lease(call, exchange, answer);
    Request next = nextOf(call, answer, body);
    if (next == null) {
      if (call.idle != null) {
        call.deadline.lift();
      }
      return body.response();
    }
    Log.CALL.debug(
        "{} answered {} and goes on to {}", call, answer.code(), call.mask(Text.of(next)));
    body.discard();
    call.attempts.redirected(answer.code(), !call.route.origin().isOf(next.url()));
    call.redirectTo(next);
    return null;
  }

  private @Nullable Request nextOf(CallEntry call, Response answer, LeasedSource body)
      throws RedirectRefusedException {
    try {
      return shared.redirects().next(call, answer);
    } catch (RedirectRefusedException e) {
      body.discard();
      throw e;
    }
  }

  private @Nullable Duration pauseAfter(CallEntry call, Exchange exchange, Response answer) {
    boolean last = call.attempts.endWith(answer.code());
    Authentication authentication = shared.authentication();
    if (!last && authentication != null && authentication.replaces(call, answer.code())) {
      return Duration.ZERO;
    }
    Duration wait = exchange.retryAfter();
    if (shared.pause() != null) {
      shared.pause().heard(call, answer.code(), wait);
    }
    return last ? null : call.retry.retrying().after(call, shared.origins(), answer, wait);
  }

  private @Nullable Duration pauseAfter(CallEntry call, CallFailedException failure) {
    if (Repeatable.atOnce(call, failure)) {
      return Duration.ZERO;
    }
    boolean last = call.attempts.endWith(failure);
    return last ? null : call.retry.retrying().after(call, shared.origins(), failure);
  }

  private LeasedSource lease(CallEntry call, Exchange exchange, Response answer) {
    long limit = call.idle == null ? shared.maxBody() : Long.MAX_VALUE;
    return new LeasedSource(call, exchange, answer, limit);
  }

  private static void backOff(CallEntry call, Duration pause) throws CallFailedException {
    call.pause(BACK_OFF.until(call, call.deadline.now() + pause.toNanos()));
  }

  /** Another call that failed in code of the user's says nothing about what this one has done. */
  private static boolean isOfOtherCall(CallEntry call, CallFailedException failure) {
    Exchange last = call.attempts.last();
    return last != null && last.isOwn(failure);
  }

  private void tryAgain(CallEntry call, CallFailedException failure) throws CallFailedException {
    if (isOfOtherCall(call, failure)) {
      throw failure;
    }
    if (call.attempts.number() > 0) {
      count(call); // it had no connection, so its attempt ended before it began
    }
    Duration pause = pauseAfter(call, failure);
    if (pause == null) {
      call.attempts.suppressIn(failure);
      throw failure;
    }
    Log.RETRY.debug("{} failed, next attempt in {}", call, pause, failure);
    call.attempts.released();
    call.giveBack(ATTEMPT, false);
    call.attempts.failed(failure);
    backOff(call, pause);
  }
}
