package dev.belay.client;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended: what its caller got, and what both sides counted.
 *
 * @param failure null for an answer that was accepted
 * @param phase null where it says nothing
 * @param status 0 for none
 */
record Ending(
    @Nullable String failure,
    @Nullable Outcome outcome,
    @Nullable Phase phase,
    int status,
    Counts counts) {

  /**
   * @param attempts by the client's count
   * @param requests by the server's
   * @param connections likewise; 0 where it says nothing
   */
  record Counts(int attempts, int requests, int connections) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  /** An answer that the caller may use. */
  static final Ending ANSWERED = new Ending(null, null, null, 200, Counts.NONE);

  static Ending of(Class<? extends CallFailedException> failure, Outcome outcome) {
    return new Ending(failure.getSimpleName(), outcome, null, 0, Counts.NONE);
  }

  /** Of a call that is made for it, with the attempts. */
  static Ending of(BelayClient client, Request request) throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    ResponseHandler<String> looking =
        response -> {
          attempts.set(LeasedSource.of(response).call().attempts.number());
          return Answers.text().handle(response);
        };
    try {
      String unused = client.send(request, looking);
      return ANSWERED.with(new Counts(attempts.get(), 0, 0));
    } catch (CallFailedException e) {
      return of(e.getClass(), e.outcome())
          .at(e.phase())
          .withStatus(e.status().orElse(0))
          .with(new Counts(e.attempts(), 0, 0));
    }
  }

  Ending at(@Nullable Phase newPhase) {
    return new Ending(failure, outcome, newPhase, status, counts);
  }

  Ending withStatus(int newStatus) {
    return new Ending(failure, outcome, phase, newStatus, counts);
  }

  Ending with(Counts newCounts) {
    return new Ending(failure, outcome, phase, status, newCounts);
  }

  /** Without what is no part of what is expected. */
  Ending inTermsOf(Ending expected) {
    int connections = expected.counts.connections == 0 ? 0 : counts.connections;
    return at(expected.phase == null ? null : phase)
        .with(new Counts(counts.attempts, counts.requests, connections));
  }
}
