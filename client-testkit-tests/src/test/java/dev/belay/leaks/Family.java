package dev.belay.leaks;

import java.util.function.UnaryOperator;

/** The clients that the tests use and misuse. */
enum Family {
  JDK,
  URL_CONNECTION,
  APACHE,
  OKHTTP,
  SPRING_ON_JDK,
  SPRING_ON_APACHE,
  NETTY,
  BELAY;

  /** A new client, which its user closes. */
  TestClient open() {
    return switch (this) {
      case JDK -> new JdkClient();
      case URL_CONNECTION -> new UrlConnectionClient();
      case APACHE -> new ApacheClient();
      case OKHTTP -> new OkHttpTestClient(UnaryOperator.identity());
      case SPRING_ON_JDK -> SpringClient.onJdk();
      case SPRING_ON_APACHE -> SpringClient.onApache();
      case NETTY -> new NettyClient();
      case BELAY -> new BelayTestClient();
    };
  }
}
