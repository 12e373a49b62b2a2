package dev.belay.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What a new connection is made to, the server of its route or a proxy: asked from users' code and
 * the platform, which may take their time.
 *
 * @param host the name that was looked up
 * @param addresses what it was found to be, at least one
 */
record Target(Proxy proxy, String host, int port, List<InetAddress> addresses) {
  /**
   * @throws SocksRefusedException when the system names a SOCKS proxy
   */
  static Target of(Route route) throws IOException {
    Proxy proxy = proxyFor(route);
    Origin origin = route.origin();
    if (proxy.address() instanceof InetSocketAddress address) {
      String host = address.getHostString();
      return new Target(proxy, host, address.getPort(), lookUp(route, host));
    }
    return new Target(proxy, origin.host(), origin.port(), lookUp(route, origin.host()));
  }

  /** The proxy that was set, or the one that the system's properties name. */
  private static Proxy proxyFor(Route route) throws SocksRefusedException {
    Proxy set = route.wiring().net.proxy();
    Proxy proxy = set == null ? selected(route.origin()) : set;
    if (proxy.type() == Proxy.Type.SOCKS) {
      throw new SocksRefusedException();
    }
    return proxy;
  }

  /** The first and no other: who names a proxy before a direct way may not want it bypassed. */
  private static Proxy selected(Origin origin) {
    ProxySelector selector = ProxySelector.getDefault();
    List<Proxy> found = selector == null ? List.of() : selector.select(origin.url().uri());
    return found == null || found.isEmpty() ? Proxy.NO_PROXY : found.get(0);
  }

  private static List<InetAddress> lookUp(Route route, String host) throws UnknownHostException {
    List<InetAddress> found = route.wiring().net.dns().lookup(host);
    if (found == null || found.isEmpty()) {
      throw new UnknownHostException(host + ": the Dns found no address");
    }
    return found;
  }

  /** Such a proxy would make sockets that nobody counts, and it will be named again next time. */
  static final class SocksRefusedException extends ConnectException {
    private static final long serialVersionUID = 1;

    SocksRefusedException() {
      super(
          "the system's proxy settings name a SOCKS proxy, whose sockets escape the cap;"
              + " set proxy(Proxy.NO_PROXY), or an HTTP proxy");
    }
  }
}
