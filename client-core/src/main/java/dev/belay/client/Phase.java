package dev.belay.client;

/** The part of its way that a call has reached, in the order in which a call passes them. */
public enum Phase {
  /** Waits until the client has fewer calls in flight than its limit. */
  ADMISSION,
  /** Waits before the next attempt. */
  BACK_OFF,
  /** Waits because the origin wants to be left alone: it sent a {@code Retry-After}. */
  ORIGIN_PAUSE,
  /** Waits for its turn under the rate limit. */
  RATE,
  /** Asks the circuit breaker of the origin. */
  BREAKER,
  /** Waits for the value of the {@code Authorization} header. */
  TOKEN,
  /** Waits for a permit of the bulkhead. */
  BULKHEAD,
  /** Waits for a connection of the pool. */
  POOL,
  /** Looks up the addresses of the host. */
  DNS,
  /** Opens the TCP connection. */
  CONNECT,
  /** Shakes hands by TLS. */
  TLS,
  /** Writes the request. */
  REQUEST,
  /** Waits for the status line and the headers of the answer. */
  RESPONSE,
  /** Reads the body of the answer. */
  BODY
}
