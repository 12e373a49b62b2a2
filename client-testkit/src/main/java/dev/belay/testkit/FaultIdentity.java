package dev.belay.testkit;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Who a {@link FaultServer} on TLS says it is. */
final class FaultIdentity {

  /** The platform keeps 20,480 sessions of each side, which would pass for a leak. */
  private static final int SESSIONS = 16;

  private static final FaultIdentity GOOD = leaf("127.0.0.1", Duration.ofDays(1));
  private static final FaultIdentity EXPIRED = leaf("127.0.0.1", Duration.ofDays(-1));
  private static final FaultIdentity WRONG_HOST = leaf("127.1.1.1", Duration.ofDays(1));
  private static final FaultIdentity SELF_SIGNED =
      new FaultIdentity(SelfMade.authority("127.0.0.1"));

  private final SSLContext context;

  private FaultIdentity(SelfMade certified) {
    try {
      KeyStore store = emptyStore();
      X509Certificate[] chain = {certified.certificate()};
      store.setKeyEntry("server", certified.keys().getPrivate(), new char[0], chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private static FaultIdentity leaf(String address, Duration left) {
    return new FaultIdentity(SelfMade.leaf(address, left));
  }

  static FaultIdentity of(Fault fault) {
    return switch (fault) {
      case TLS_EXPIRED -> EXPIRED;
      case TLS_WRONGHOST -> WRONG_HOST;
      case TLS_SELFSIGNED -> SELF_SIGNED;
      default -> GOOD;
    };
  }

  /** What trusts all of them but the self-signed one, as far as their issuer goes. */
  static X509TrustManager trust() {
    try {
      KeyStore store = emptyStore();
      store.setCertificateEntry("authority", SelfMade.AUTHORITY.certificate());
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /**
   * Shakes hands.
   *
   * @param protocol of ALPN; null if there is no choice
   */
  SSLSocket secure(Socket accepted, @Nullable String protocol) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(accepted, null, accepted.getPort(), true);
    socket.setUseClientMode(false);
    if (protocol != null) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {protocol});
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }
}
