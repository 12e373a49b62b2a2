package dev.belay.leaks;

import java.io.Closeable;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty, with a pool of its own: the one that is there by default is never closed. */
final class NettyClient implements TestClient {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ConnectionProvider pool = ConnectionProvider.create("test");
  private final HttpClient client = HttpClient.create(pool);

  @Override
  public String get(String url) {
    return client.get().uri(url).responseContent().aggregate().asString().block(LIMIT);
  }

  @Override
  public Closeable open(String url) {
    Connection connection =
        client
            .get()
            .uri(url)
            .responseConnection((response, open) -> Mono.just(open))
            .blockLast(LIMIT);
    return connection::dispose;
  }

  @Override
  public void close() {
    pool.disposeLater().block(LIMIT);
  }
}
