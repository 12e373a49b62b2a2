package dev.belay.client;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made and used. Clients of one pool share connections only where theirs is
 * equal, else one client's certificates or interceptors would serve another's calls.
 */
final class Wiring {
  static final Wiring DEFAULT =
      new Wiring(
          new Trust(null, null, CertificatePinner.DEFAULT),
          new Net(null, Dns.SYSTEM, List.of(Protocol.HTTP_1_1), false),
          List.of(),
          new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10)));

  /** Whom to trust; without a factory the platform's trust store. */
  record Trust(
      @Nullable SSLSocketFactory sockets,
      @Nullable X509TrustManager manager,
      CertificatePinner pinner) {}

  /** Where to connect to; without a proxy as the system's properties say. */
  record Net(@Nullable Proxy proxy, Dns dns, List<Protocol> protocols, boolean publicOnly) {
    boolean hasProxy() {
      return proxy != null && proxy.type() != Proxy.Type.DIRECT;
    }
  }

  /** How long one socket operation may take. */
  record Timeouts(Duration connect, Duration read, Duration write) {}

  final Trust trust;
  final Net net;
  final List<Interceptor> interceptors;
  final Timeouts timeouts;
  private final int hash;

  /** Whether a server may choose HTTP/2 in the handshake of TLS. */
  final boolean offersHttp2;

  /** Whether HTTP/2 is spoken without asking. */
  final boolean assumesHttp2;

  Wiring(Trust trust, Net net, List<Interceptor> interceptors, Timeouts timeouts) {
    this.trust = trust;
    this.net = net;
    this.interceptors = List.copyOf(interceptors);
    this.timeouts = timeouts;
    offersHttp2 = net.protocols().contains(Protocol.HTTP_2);
    assumesHttp2 = net.protocols().contains(Protocol.H2_PRIOR_KNOWLEDGE);
    hash = Objects.hash(trust, net, interceptors, timeouts);
  }

  void applyTo(OkHttpClient.Builder builder) {
    SSLSocketFactory sockets = trust.sockets();
    X509TrustManager manager = trust.manager();
    if (sockets != null && manager != null) {
      builder.sslSocketFactory(sockets, manager);
    }
    builder
        .certificatePinner(trust.pinner())
        .protocols(net.protocols())
        .connectTimeout(timeouts.connect())
        .readTimeout(timeouts.read())
        .writeTimeout(timeouts.write());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Wiring that
            && hash == that.hash
            && trust.equals(that.trust)
            && net.equals(that.net)
            && interceptors.equals(that.interceptors)
            && timeouts.equals(that.timeouts));
  }

  /** Computed once: it is asked for with every call. */
  @Override
  public int hashCode() {
    return hash;
  }
}
