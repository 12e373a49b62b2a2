package dev.belay.client;

import dev.belay.client.Ending.Counts;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import okhttp3.Headers;
import okhttp3.Request;

/**
 * How a call comes to its end: the server that does it, and the client that it happens to.
 *
 * @param before what happens before the call, and is undone after it
 */
record Scene(
    Start server,
    BiFunction<BelayClientBuilder, FailingServer, BelayClientBuilder> client,
    UnaryOperator<Request> request,
    Before before) {
  static final RetryPolicy TWICE =
      RetryPolicy.builder()
          .maxAttempts(2)
          .backOff(Duration.ofMillis(1))
          .throttledBackOff(Duration.ofMillis(1))
          .build();

  /** Starts the server. */
  @FunctionalInterface
  interface Start {
    FailingServer on(Wire wire) throws IOException;
  }

  /** Makes the circumstances. */
  @FunctionalInterface
  interface Before {
    Closeable make(BelayClient client, FailingServer server) throws IOException;
  }

  static Scene of(Start server) {
    return new Scene(server, (c, s) -> c, UnaryOperator.identity(), (c, s) -> () -> {});
  }

  static Scene of(Act act) {
    return of(wire -> FailingServer.of(wire, act));
  }

  Scene client(UnaryOperator<BelayClientBuilder> with) {
    return clientOf((builder, failing) -> with.apply(builder));
  }

  Scene clientOf(BiFunction<BelayClientBuilder, FailingServer, BelayClientBuilder> with) {
    return new Scene(server, with, request, before);
  }

  Scene request(UnaryOperator<Request> with) {
    return new Scene(server, client, with, before);
  }

  Scene before(Before first) {
    return new Scene(server, client, request, first);
  }

  Ending play(Wire wire, OutcomeKind kind) throws Exception {
    try (FailingServer failing = server.on(wire)) {
      Ending seen = call(wire, kind, failing);
      int earlier = seen.counts().requests();
      failing.awaitNoneOpen();
      List<Headers> heads = failing.heads().subList(earlier, failing.heads().size());
      kind.expectKeys(heads);
      return seen.with(new Counts(seen.counts().attempts(), heads.size(), failing.connections()));
    }
  }

  /** With the requests that came before its own. */
  @SuppressWarnings("try") // what was made is there only to be undone
  private Ending call(Wire wire, OutcomeKind kind, FailingServer failing) throws Exception {
    try (BoundedPool pool = Pools.on(new LeapingClock(), BoundedPool.builder());
        BelayClient calling = client(pool, wire, kind, failing);
        Closeable made = before.make(calling, failing)) {
      int earlier = failing.heads().size();
      Request sent = request.apply(kind.request(failing.url()));
      Ending seen = Ending.of(calling, sent);
      return seen.with(new Counts(seen.counts().attempts(), earlier, 0));
    }
  }

  private BelayClient client(BoundedPool pool, Wire wire, OutcomeKind kind, FailingServer failing) {
    BelayClientBuilder twice = BelayClient.builder(pool).retry(TWICE);
    return client.apply(kind.applyTo(wire.applyTo(twice)), failing).build();
  }
}
