package dev.belay.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.Protocol;

/**
 * The settings of a {@link BelayClientBuilder} that say how its connections are made and used.
 * Clients of one pool share connections only where all of these are equal. Not safe for use by
 * several threads.
 *
 * @param <B> what the setters return: the builder
 */
@SuppressWarnings("exports") // annotations for tools, which a consumer need not have
public abstract sealed class ConnectionSettings<B extends ConnectionSettings<B>>
    permits BelayClientBuilder {
  private Wiring.Trust trust = Wiring.DEFAULT.trust;
  private Wiring.Net net = Wiring.DEFAULT.net;
  private Wiring.Timeouts timeouts = Wiring.DEFAULT.timeouts;
  private final List<Interceptor> interceptors = new ArrayList<>(0);

  ConnectionSettings() {}

  /**
   * How long opening a TCP connection to one address may take. Default: 5 s. Then the next address
   * is tried; after the last one the attempt fails with a {@link ConnectFailedException}.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public B connectTimeout(Duration time) {
    Duration checked = Check.positive(time, "connectTimeout");
    timeouts = new Wiring.Timeouts(checked, timeouts.read(), timeouts.write());
    return self();
  }

  /**
   * How long no byte may arrive while one is awaited. Default: 10 s. Then the attempt fails with a
   * {@link DeadlineExceededException}.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public B readTimeout(Duration time) {
    Duration checked = Check.positive(time, "readTimeout");
    timeouts = new Wiring.Timeouts(timeouts.connect(), checked, timeouts.write());
    return self();
  }

  /**
   * How long no byte may leave while one is to be sent. Default: 10 s. Then the attempt fails with
   * a {@link DeadlineExceededException}.
   *
   * @param time longer than zero
   * @return this builder
   * @throws IllegalArgumentException if it is not longer than zero
   */
  @CanIgnoreReturnValue
  public B writeTimeout(Duration time) {
    Duration checked = Check.positive(time, "writeTimeout");
    timeouts = new Wiring.Timeouts(timeouts.connect(), timeouts.read(), checked);
    return self();
  }

  /**
   * Whom to trust. Default: the trust store of the platform.
   *
   * <p>A trust manager must throw for an empty chain of certificates, as its contract says. One
   * that does not trusts everybody, and is refused: to trust a certificate of your own, add it to a
   * key store and make a trust manager of that.
   *
   * @param sockets makes the TLS sockets, on top of ours
   * @param manager the trust manager that the factory uses
   * @return this builder
   * @throws IllegalArgumentException if the trust manager accepts an empty chain
   */
  @CanIgnoreReturnValue
  public B tls(SSLSocketFactory sockets, X509TrustManager manager) {
    Objects.requireNonNull(sockets, "sockets");
    Distrust.refuseTrustInAll(Objects.requireNonNull(manager, "manager"));
    trust = new Wiring.Trust(sockets, manager, trust.pinner());
    return self();
  }

  /**
   * Which certificates a host must show. Default: any that is trusted.
   *
   * @param pinner the pins
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B certificatePinner(CertificatePinner pinner) {
    Objects.requireNonNull(pinner, "certificatePinner");
    trust = new Wiring.Trust(trust.sockets(), trust.manager(), pinner);
    return self();
  }

  /**
   * The HTTP proxy to connect through. Default: the first that {@link java.net.ProxySelector}'s
   * default names, which by itself looks at the system properties.
   *
   * @param proxy {@link Proxy#NO_PROXY} for none
   * @return this builder
   * @throws IllegalArgumentException for a SOCKS proxy, whose sockets cannot be counted
   */
  @CanIgnoreReturnValue
  public B proxy(Proxy proxy) {
    if (proxy.type() == Proxy.Type.SOCKS) {
      throw new IllegalArgumentException("proxy must not be SOCKS: its sockets escape the cap");
    }
    net = new Wiring.Net(proxy, net.dns(), net.protocols(), net.publicOnly());
    return self();
  }

  /**
   * How host names are looked up. Default: by the platform. Called on one of four threads of the
   * pool, so that a caller need not wait for it longer than he wants. Calls that need the addresses
   * of one host at the same time have it called once; the answer is not kept.
   *
   * <p>Not called for a host that is an IP address, as with OkHttp: see {@link
   * #publicAddressesOnly}.
   *
   * @param dns safe for use by several threads
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B dns(Dns dns) {
    Objects.requireNonNull(dns, "dns");
    net = new Wiring.Net(net.proxy(), dns, net.protocols(), net.publicOnly());
    return self();
  }

  /**
   * Connects to addresses of the public internet only, for URLs that others made up. Default: to
   * all. Refused are those of this machine, of private networks and of the link, those of
   * multicast, and all others that are reserved (RFC 6890), also inside of IPv6. A host that has
   * others as well is connected to by these; for one that has none the call fails with a {@link
   * ConnectFailedException} that is not retried, and nothing is sent.
   *
   * <p>It is the address that is connected to which is looked at, for every redirect again. A proxy
   * would look hosts up by itself, so it is refused: one that is set when the client is built, one
   * of the system when a call is made.
   *
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B publicAddressesOnly() {
    net = new Wiring.Net(net.proxy(), net.dns(), net.protocols(), true);
    return self();
  }

  /**
   * The protocols to offer. Default: HTTP/1.1, on which a connection carries one call at a time. On
   * HTTP/2, which a server may choose on TLS, it carries up to 100, or as many as the server lets
   * it, and the limit of connections and that of calls differ.
   *
   * @param protocols as for OkHttp: it must hold {@link Protocol#HTTP_1_1}, or be {@link
   *     Protocol#H2_PRIOR_KNOWLEDGE} alone
   * @return this builder
   * @throws IllegalArgumentException if it is neither
   */
  @CanIgnoreReturnValue
  public B protocols(List<Protocol> protocols) {
    boolean prior = protocols.equals(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    if (!prior && !protocols.contains(Protocol.HTTP_1_1)) {
      throw new IllegalArgumentException("protocols must hold http/1.1, but are " + protocols);
    }
    net = new Wiring.Net(net.proxy(), net.dns(), List.copyOf(protocols), net.publicOnly());
    return self();
  }

  /**
   * Sees, and may change, every attempt. Default: none. It runs on the thread of the call and must
   * not replace sockets, pool, proxy, redirects, replays or what TLS trusts, which fails the call.
   * The secrets of the client are added below it. Clients with different interceptors do not share
   * connections.
   *
   * @param interceptor called in the order in which they were added
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B interceptor(Interceptor interceptor) {
    interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    return self();
  }

  abstract B self();

  boolean isClearTextOnly() {
    return net.protocols().contains(Protocol.H2_PRIOR_KNOWLEDGE);
  }

  /** Equal wirings share connections, so the default stays one object that is equal at a glance. */
  Wiring wiring() {
    if (net.publicOnly() && net.hasProxy()) {
      throw new IllegalStateException(
          "publicAddressesOnly() contradicts proxy (" + net.proxy() + "), which looks hosts up");
    }
    Wiring wiring = new Wiring(trust, net, interceptors, timeouts);
    return wiring.equals(Wiring.DEFAULT) ? Wiring.DEFAULT : wiring;
  }
}
