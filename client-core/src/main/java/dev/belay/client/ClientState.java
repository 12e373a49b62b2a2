package dev.belay.client;

import java.io.IOException;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What is behind a client or scope: its policies, and the start and the end of its calls. */
final class ClientState {
  final ClientSettings settings;
  final PoolState pool;
  final Node node;

  /** Made by the first call: a client that makes none stays small. */
  private final Lazy<Ways> ways;

  /** A pool or client that is not forgotten while this can be reached; used for nothing else. */
  final Object above;

  private ClientState(
      ClientSettings settings, PoolState pool, Node node, Lazy<Ways> ways, Object above) {
    this.settings = settings;
    this.pool = pool;
    this.node = node;
    this.ways = ways;
    this.above = above;
  }

  static ClientState of(ClientSettings settings, BoundedPool facade) {
    PoolState pool = facade.state();
    Node node = pool.open("client", settings.name(), pool.node);
    Lazy<Ways> ways = new Lazy<>(() -> Ways.of(settings, pool));
    ClientState state = new ClientState(settings, pool, node, ways, facade);
    Forgotten.watch(state, node, pool, state.closesToo());
    return state;
  }

  /** The same policies, the same queues, for calls that end earlier. */
  ClientState scope(String name) {
    Node below = pool.open("scope", name, node);
    ClientState state = new ClientState(settings, pool, below, ways, this);
    Forgotten.watch(state, below, pool, state.closesToo());
    return state;
  }

  /** A client closes the pool that it owns. */
  private Consumer<Closer> closesToo() {
    boolean owner = pool.settings.ownedByClient() && !node.isScope();
    return owner ? Closer::closeOwnPool : closer -> {};
  }

  CloseReport close(Duration grace) {
    try {
      return Closer.close(node, pool, grace, closesToo());
    } finally {
      Reference.reachabilityFence(this); // what is being closed was not forgotten
    }
  }

  Ways ways() {
    return ways.get();
  }

  Way wayOf(CallEntry call) {
    return call.idle == null ? ways().calls() : ways().streams();
  }

  /**
   * Enters a call in the ledger, from where its deadline runs.
   *
   * @throws IllegalArgumentException if the request holds what must not be sent
   */
  CallEntry begin(
      Request request,
      CallOptions options,
      Waker waker,
      @Nullable Throwable place,
      @Nullable BelayCall as)
      throws CallFailedException {
    RequestCheck.check(request);
    UserEvents events =
        as == null ? UserEvents.NONE : events(as, as.listener(settings.events()), waker);
    CallEntry.Start start = start(request, options, events, place);
    Way way = options.idle().isEmpty() ? ways().calls() : ways().streams();
    CallEntry call = new CallEntry(start, pool, waker, way.gates());
    if (as != null) {
      as.runsAs(call);
    }
    return enter(call);
  }

  private UserEvents events(BelayCall as, EventListener listener, Waker waker) {
    boolean others = listener != EventListener.NONE && waker.isThread();
    return new UserEvents(
        listener, as, others ? settings.contexts().captureForOthers() : waker.context());
  }

  private CallEntry.Start start(
      Request request, CallOptions options, UserEvents events, @Nullable Throwable place) {
    Request whole = settings.headers().addTo(request);
    boolean method = Repeatable.isIdempotent(request.method());
    Request keyed = IdempotencyKey.addTo(whole, options, settings.keyHeader(), !method);
    CallTerms terms =
        new CallTerms(
            method || options.isIdempotent() || keyed != null,
            keyed != null,
            options.deadline().orElse(settings.times().deadline()),
            options.retry().orElse(settings.retry()),
            options.idle().orElse(null));
    Request sent = keyed == null ? whole : keyed;
    return new CallEntry.Start(
        node, sent, settings.wiring(), settings.secrets(), terms, events, place);
  }

  /**
   * First into the ledger, then the look whether it is open: a close sees the call, or it the
   * close.
   */
  private CallEntry enter(CallEntry call) throws CallFailedException {
    CallEntry before = Running.enter(call); // a listener may close the client
    try {
      pool.add(call);
      call.events.tell(EventListener::callStart);
      refuseIfNotAllowed(call);
      pool.watch(Expiry.firstLook(call));
      return call;
    } catch (IOException | RuntimeException | Error e) {
      call.end(Failures.asIo(e));
      throw e;
    } finally {
      Running.leave(before);
      Reference.reachabilityFence(this); // in use until here, and then its call is in the ledger
    }
  }

  private void refuseIfNotAllowed(CallEntry call) throws CallFailedException {
    Closing closing = node.closing();
    if (closing != null) {
      throw new Cut.Closed(closing).refusal(call);
    }
    if (settings.httpsOnly() && !call.request.isHttps()) {
      throw clearText(call);
    }
    for (Gate gate : wayOf(call).gates) {
      gate.look(call);
    }
  }

  private static UntrustedServerException clearText(CallEntry call) {
    String message = call + " was refused: this client is httpsOnly()";
    return new UntrustedServerException(message, call.circumstances(), null);
  }

  /** Runs a call on this thread up to its answer, whose body the caller has to close. */
  Response drive(CallEntry call) throws IOException {
    try {
      return ThreadWaker.drive(wayOf(call), call);
    } catch (OneShot.BodyFailedException e) {
      call.end(e);
      throw e.own();
    } catch (IOException | RuntimeException | Error e) {
      call.end(Failures.asIo(e));
      throw e;
    }
  }

  /** The answer, and the call with it, in the hands of the user until he closes the body. */
  Response handOut(CallEntry call, Response answer) {
    if (!call.hasPlace()) {
      call.openedAt(Tracking.ofOpen(pool.settings.tracking()));
    }
    LeasedSource.of(answer).handOut();
    return answer;
  }

  /** Gives the answer to the handler, and takes everything back whatever it does. */
  <T extends @Nullable Object> T handle(CallEntry call, Response answer, ResponseHandler<T> handler)
      throws IOException {
    IOException failure = null;
    try {
      return read(call, answer, handler);
    } catch (IOException | RuntimeException | Error e) {
      failure = Failures.asIo(e);
      throw e;
    } finally {
      call.end(failure);
    }
  }

  /** The same, and leaves the end of the call to the one who asks. */
  <T extends @Nullable Object> T read(CallEntry call, Response answer, ResponseHandler<T> handler)
      throws IOException {
    CallEntry before = Running.enter(call);
    try {
      return handler.handle(answer);
    } finally {
      try {
        LeasedSource.of(answer).take("this response was closed when its handler returned");
      } finally {
        Running.leave(before);
      }
    }
  }
}
