package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * The servers that a scope was given as parameters, one of a kind. Closed by the store, which
 * happens after every callback and so after the verdict.
 */
final class OwnServers implements Store.CloseableResource, AutoCloseable {
  private final LeakScope scope;

  /** Whoever removes one closes it, or lets another one do it. */
  private final Map<Class<?>, Closeable> servers = new ConcurrentHashMap<>();

  OwnServers(LeakScope scope) {
    this.scope = scope;
  }

  static boolean supports(Class<?> type) {
    return type == TestServer.class || type == Relay.class;
  }

  Object get(Class<?> type) {
    return servers.computeIfAbsent(type, this::start);
  }

  private Closeable start(Class<?> type) {
    Closeable started =
        type == Relay.class ? Relay.start() : TestServer.start(request -> Answer.of(200, "ok"));
    scope.add(witnessOf(started));
    return started;
  }

  private static PortWitness witnessOf(Closeable server) {
    return server instanceof Relay relay ? relay.witness() : ((TestServer) server).witness();
  }

  /** Those whose clients may go on: the class closes them, when it has judged them. */
  void giveTo(ClassScope type) throws IOException {
    for (Closeable server : servers.values()) {
      PortWitness port = witnessOf(server);
      if (!port.open().isEmpty() && servers.values().remove(server)) {
        type.keep(server, port);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable server : servers.values()) {
      server.close();
    }
  }
}
