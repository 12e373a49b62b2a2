package dev.belay.client;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** What client and server speak. */
enum Wire {
  CLEAR,
  TLS,
  HTTP_2;

  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder()
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("127.0.0.1")
          .build();

  /** Of the server, and trusted by the client. */
  private static final HandshakeCertificates TRUST =
      new HandshakeCertificates.Builder()
          .addTrustedCertificate(CERTIFICATE.certificate())
          .heldCertificate(CERTIFICATE)
          .build();

  /**
   * The platform keeps 20,480 sessions of each side, which would pass for a leak of ours. Any that
   * it keeps of a client holds those resumed from it, each the next, with TLS 1.3 without limit: so
   * only the last, whose ticket was not used yet.
   */
  private static final int SESSIONS = 1;

  private static final SSLSocketFactory SOCKETS = fewSessions();

  private static SSLSocketFactory fewSessions() {
    SSLContext context = TRUST.sslContext();
    context.getClientSessionContext().setSessionCacheSize(SESSIONS);
    context.getServerSessionContext().setSessionCacheSize(SESSIONS);
    return context.getSocketFactory();
  }

  /** For servers that make their own. */
  static SSLSocketFactory sockets() {
    return SOCKETS;
  }

  /** The server's side of a connection that was accepted; the handshake is still to come. */
  SSLSocket secure(Socket accepted) throws IOException {
    SSLSocket socket = (SSLSocket) SOCKETS.createSocket(accepted, null, accepted.getPort(), true);
    socket.setUseClientMode(false);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {this == HTTP_2 ? "h2" : "http/1.1"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  String scheme() {
    return this == CLEAR ? "http" : "https";
  }

  BelayClientBuilder applyTo(BelayClientBuilder client) {
    return switch (this) {
      case CLEAR -> client;
      case TLS -> client.tls(SOCKETS, TRUST.trustManager());
      case HTTP_2 -> TLS.applyTo(client).protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    };
  }
}
