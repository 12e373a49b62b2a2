package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The way of a request, from its caller to the socket and back. */
final class Way {
  final List<Gate> gates;
  private final int attempt;
  private final Retrying retrying;
  private final BackOff backOff = new BackOff();
  private final @Nullable Authentication authentication;
  private final long maxBody;

  private Way(
      List<Gate> gates,
      int attempt,
      Retrying retrying,
      @Nullable Authentication authentication,
      long maxBody) {
    this.gates = gates;
    this.attempt = attempt;
    this.retrying = retrying;
    this.authentication = authentication;
    this.maxBody = maxBody;
  }

  /** All the layers, top to bottom. One that is switched off is not there. */
  static Way of(ClientSettings settings, PoolState pool) {
    ClientSettings.Limits limits = settings.limits();
    List<Gate> gates = new ArrayList<>();
    gates.add(new PermitGate(Phase.ADMISSION, limits.maxCallsInFlight(), limits.maxQueue(), null));
    int attempt = gates.size(); // what follows is given back before every back-off
    TokenSource tokens = settings.tokens();
    Authentication authentication =
        tokens == null ? null : new Authentication(tokens, pool.callbacks);
    if (authentication != null) {
      gates.add(authentication);
    }
    if (limits.maxConcurrentAttempts() > 0) {
      gates.add(
          new PermitGate(
              Phase.BULKHEAD,
              limits.maxConcurrentAttempts(),
              limits.maxQueue(),
              pool.settings.maxWait()));
    }
    gates.add(pool.connections); // last, so that nobody waits while he holds a connection
    Retrying retrying = new Retrying(settings.retry(), pool.random);
    return new Way(gates, attempt, retrying, authentication, limits.maxBody());
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
        if (call.stage() < gates.size()) {
          call.enter(gates.get(call.stage()));
          continue;
        }
        if (!call.waker().mayBlock()) {
          return null;
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

  /** The answer to return; null when the call has to take another turn. */
  private @Nullable Response exchange(CallEntry call) throws IOException {
    Lease lease = call.lease();
    lease.begin();
    if (lease.isReused() && !lease.carrier().isFresh(call.idempotent, call.deadline.now())) {
      call.attempts.connectionWasStale();
      return withAnotherConnection(call);
    }
    Exchange exchange = new Exchange(call, lease, authorized(call));
    call.attempts.begin(exchange);
    try {
      return judge(call, exchange, exchange.run());
    } catch (IOException e) {
      if (foundStale(call, exchange, e)) {
        lease.wasRefused();
        call.attempts.beginWasStale();
        return withAnotherConnection(call);
      }
      throw failed(exchange, e);
    }
  }

  private static IOException failed(Exchange exchange, IOException e) {
    StreamReset.note(exchange, e);
    if (isOwn(exchange.call, exchange, e)) {
      exchange.endsAlone();
      return e;
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
        && !exchange.mayHaveBeenSent();
  }

  /** What an interceptor or a request body threw goes to the caller as it is, unless he was cut. */
  private static boolean isOwn(CallEntry call, Exchange exchange, IOException e) {
    boolean users = e instanceof OneShot.BodyFailedException || !exchange.isOfNetwork(e);
    return users && call.cut() == null;
  }

  private Request authorized(CallEntry call) {
    return authentication == null ? call.request : Authentication.authorize(call);
  }

  private @Nullable Response judge(CallEntry call, Exchange exchange, Response answer)
      throws CallFailedException {
    Duration pause =
        authentication != null && authentication.replaces(call, exchange.request, answer.code())
            ? Duration.ZERO
            : retrying.after(call, answer);
    LeasedSource body = new LeasedSource(call, exchange, answer, attempt, maxBody);
    if (pause == null) {
      return body.response();
    }
    Log.RETRY.debug("{} answered {}, next attempt in {}", call, answer.code(), pause);
    body.discard();
    call.attempts.ended(
        Failures.outcomeOf(answer.code(), answer.header(RetryAfter.HEADER) != null));
    call.backOff(backOff.enter(call, pause));
    return null;
  }

  private void tryAgain(CallEntry call, CallFailedException failure) throws CallFailedException {
    Duration pause = retrying.after(call, failure);
    if (pause == null) {
      call.attempts.suppressIn(failure);
      throw failure;
    }
    Log.RETRY.debug("{} failed, next attempt in {}", call, pause, failure);
    call.attempts.released();
    call.giveBack(attempt, false);
    call.attempts.failed(failure);
    call.backOff(backOff.enter(call, pause));
  }
}
