package dev.belay.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loggers, named after what an operator wants to switch. */
final class Log {
  /** Connections. */
  static final Logger POOL = LoggerFactory.getLogger("dev.belay.client.pool");

  /** Connections that are held for too long. */
  static final Logger LEAK = LoggerFactory.getLogger("dev.belay.client.leak");

  /** Closing of scopes, clients and pools. */
  static final Logger CLOSE = LoggerFactory.getLogger("dev.belay.client.close");

  /** Attempts and retries. */
  static final Logger RETRY = LoggerFactory.getLogger("dev.belay.client.retry");

  /** What users do to calls, such as listeners that throw; which origins are left alone. */
  static final Logger CALL = LoggerFactory.getLogger("dev.belay.client.call");

  private Log() {}
}
