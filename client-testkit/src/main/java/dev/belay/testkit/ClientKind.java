package dev.belay.testkit;

/** What a client says that it is, and so what its user can do about a connection of it. */
enum ClientKind {
  URL_CONNECTION(
      "Java/",
      "read the stream to its end and close it, or disconnect()",
      "disconnect(), where its keep-alive is not wanted"),
  JDK_CLIENT(
      "Java-http-client/",
      "read the body to its end, or close its stream",
      "close the HttpClient, best with try (HttpClient c = …) { … }"),
  OKHTTP(
      "okhttp/",
      "close the response, best with try (Response r = call.execute()) { … }",
      "at the end of the client's scope: connectionPool().evictAll(), and the dispatcher's"
          + " executorService().shutdown()"),
  APACHE(
      "Apache-",
      "close the response, or read its entity to the end",
      "close the client, best with try (CloseableHttpClient c = …) { … }"),
  REACTOR_NETTY(
      "ReactorNetty/",
      "read or cancel the body: release(), or dispose() its subscription",
      "dispose the ConnectionProvider of the client"),
  OTHER(
      "",
      "read the answer to its end, or close it",
      "close the client, or declare it @NoLeaks.Shared with a reason");

  /** The first JDK whose client can be closed. */
  private static final int CLOSEABLE_SINCE = 21;

  private final String agent;
  private final String forUnread;
  private final String forIdle;

  ClientKind(String agent, String forUnread, String forIdle) {
    this.agent = agent;
    this.forUnread = forUnread;
    this.forIdle = forIdle;
  }

  static ClientKind of(String agent) {
    for (ClientKind kind : values()) {
      if (agent.startsWith(kind.agent)) {
        return kind;
      }
    }
    return OTHER;
  }

  /** Whether its user has a way to close an idle connection. */
  boolean canBeClosed() {
    return switch (this) {
      case URL_CONNECTION -> false;
      case JDK_CLIENT -> Runtime.version().feature() >= CLOSEABLE_SINCE;
      default -> true;
    };
  }

  /** Whether there is a JDK on which that is so; tests run on several. */
  boolean canBeClosedSomewhere() {
    return this != URL_CONNECTION;
  }

  String remedy(boolean unread) {
    return unread ? forUnread : forIdle;
  }
}
