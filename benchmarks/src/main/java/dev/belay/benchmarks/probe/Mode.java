package dev.belay.benchmarks.probe;

/** The way into the client. */
enum Mode {
  /** A blocking call with a handler; other statuses than 2xx fail it. */
  SEND,
  /** The same without blocking; each caller waits for its future. */
  ASYNC,
  /** The answer in the caller's hands; any status, of which 2xx is ok. */
  OPEN,
  /** Like {@link #OPEN}, through OkHttp's {@code Call}. */
  CALL;

  /** Whether the caller gets something that he can forget to close. */
  boolean handsOut() {
    return this == OPEN || this == CALL;
  }
}
