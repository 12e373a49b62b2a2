package dev.belay.client;

/** The statuses of HTTP that are treated otherwise than the hundred that they belong to. */
final class Status {
  static final int SWITCHING_PROTOCOLS = 101;
  static final int NO_CONTENT = 204;
  static final int MOVED_PERMANENTLY = 301;
  static final int FOUND = 302;
  static final int SEE_OTHER = 303;
  static final int NOT_MODIFIED = 304;
  static final int TEMPORARY_REDIRECT = 307;
  static final int PERMANENT_REDIRECT = 308;
  static final int UNAUTHORIZED = 401;
  static final int PROXY_AUTHENTICATION = 407;
  static final int REQUEST_TIMEOUT = 408;
  static final int CONFLICT = 409;
  static final int MISDIRECTED = 421;
  static final int TOO_EARLY = 425;
  static final int TOO_MANY_REQUESTS = 429;
  static final int SERVER_ERROR = 500;
  static final int BAD_GATEWAY = 502;
  static final int UNAVAILABLE = 503;
  static final int GATEWAY_TIMEOUT = 504;

  private Status() {}
}
