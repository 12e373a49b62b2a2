package dev.belay.client;

import java.util.concurrent.Executor;

/** Kept by its call, and so as long as that is open: a response that was closed has no witness. */
final class ForgottenResponse extends Forgotten.Witness {
  private final CallEntry call;

  /**
   * @param body what everything leads to that a response can be read or closed by, and nothing of
   *     ours
   */
  ForgottenResponse(LeasedSource body, CallEntry call) {
    super(body);
    this.call = call;
  }

  @Override
  void found(Executor elsewhere) {
    if (call.pool.ledger.contains(call)) {
      boolean unused = call.cut(new Cut.Forgotten());
    }
  }
}
