package dev.belay.client;

import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.Protocol;

/** Gathers a {@link Wiring}, value by value, from values that were checked. */
final class WiringBuilder {
  private Wiring.Trust trust = Wiring.DEFAULT.trust;
  private Wiring.Net net = Wiring.DEFAULT.net;
  private Wiring.Timeouts timeouts = Wiring.DEFAULT.timeouts;
  private final List<Interceptor> interceptors = new ArrayList<>(0);

  void tls(SSLSocketFactory sockets, X509TrustManager manager) {
    trust = new Wiring.Trust(sockets, manager, trust.pinner());
  }

  void pinner(CertificatePinner pinner) {
    trust = new Wiring.Trust(trust.sockets(), trust.manager(), pinner);
  }

  void proxy(Proxy proxy) {
    net = new Wiring.Net(proxy, net.dns(), net.protocols());
  }

  void dns(Dns dns) {
    net = new Wiring.Net(net.proxy(), dns, net.protocols());
  }

  void protocols(List<Protocol> protocols) {
    net = new Wiring.Net(net.proxy(), net.dns(), List.copyOf(protocols));
  }

  boolean isClearTextOnly() {
    return net.protocols().contains(Protocol.H2_PRIOR_KNOWLEDGE);
  }

  void connectTimeout(Duration time) {
    timeouts = new Wiring.Timeouts(time, timeouts.read(), timeouts.write());
  }

  void readTimeout(Duration time) {
    timeouts = new Wiring.Timeouts(timeouts.connect(), time, timeouts.write());
  }

  void writeTimeout(Duration time) {
    timeouts = new Wiring.Timeouts(timeouts.connect(), timeouts.read(), time);
  }

  void interceptor(Interceptor interceptor) {
    interceptors.add(interceptor);
  }

  /** Equal wirings share connections, so the default stays one object that is equal at a glance. */
  Wiring build() {
    Wiring wiring = new Wiring(trust, net, interceptors, timeouts);
    return wiring.equals(Wiring.DEFAULT) ? Wiring.DEFAULT : wiring;
  }
}
