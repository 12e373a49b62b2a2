package dev.belay.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Dns;

/**
 * What a new connection is made to, the server of its route or a proxy: asked from users' code and
 * the platform, which may take their time.
 *
 * @param host the name that was looked up
 * @param addresses what it was found to be, at least one
 */
record Target(Proxy proxy, String host, int port, List<InetAddress> addresses) {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?=\\d)|$)){4}");

  /**
   * Blocks until it is known, or the inquiry was ended.
   *
   * @throws SocksRefusedException when the system names a SOCKS proxy
   * @throws PublicAddresses.RefusedException when there is no address that is allowed
   */
  static Target of(Route route, Inquiry inquiry, Resolver resolver) throws IOException {
    Origin origin = route.origin();
    Proxy set = route.wiring().net.proxy();
    Proxy proxy = set == null ? selected(origin, inquiry, resolver) : set;
    if (proxy.type() == Proxy.Type.SOCKS) {
      throw new SocksRefusedException();
    }
    Wiring.Net net = route.wiring().net;
    if (net.publicOnly() && proxy.type() != Proxy.Type.DIRECT) {
      throw new PublicAddresses.RefusedException(
          "publicAddressesOnly() is set, and the system's proxy would look "
              + origin.host()
              + " up by itself; set proxy(Proxy.NO_PROXY)");
    }
    InetSocketAddress at =
        proxy.address() instanceof InetSocketAddress address
            ? address
            : InetSocketAddress.createUnresolved(origin.host(), origin.port());
    String host = at.getHostString();
    Dns dns = net.dns();
    List<InetAddress> found =
        isAddress(host)
            ? List.of(InetAddress.getByName(host))
            : inquiry.ask(new Question<>(dns, host, host, () -> lookUp(dns, host)), resolver);
    List<InetAddress> usable = net.publicOnly() ? PublicAddresses.of(found, host) : found;
    return new Target(proxy, host, at.getPort(), usable);
  }

  /** The proxy that the system's properties name, or whoever was set in their place. */
  private static Proxy selected(Origin origin, Inquiry inquiry, Resolver resolver)
      throws IOException {
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null) {
      return Proxy.NO_PROXY;
    }
    return isQuick(selector)
        ? first(selector, origin)
        : inquiry.ask(
            new Question<>(
                selector, origin, "the proxy for " + origin, () -> first(selector, origin)),
            resolver);
  }

  /** The platform's own reads properties, unless one of them tells it to ask the system. */
  private static boolean isQuick(ProxySelector selector) {
    boolean platforms = selector.getClass().getClassLoader() == null;
    return platforms && !Boolean.getBoolean("java.net.useSystemProxies");
  }

  /** And no other: who names a proxy before a direct way may not want it bypassed. */
  private static Proxy first(ProxySelector selector, Origin origin) {
    List<Proxy> found = selector.select(origin.url().uri());
    return found == null || found.isEmpty() ? Proxy.NO_PROXY : found.get(0);
  }

  /** What the platform parses without asking anybody. */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  private static List<InetAddress> lookUp(Dns dns, String host) throws UnknownHostException {
    List<InetAddress> found = dns.lookup(host);
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
