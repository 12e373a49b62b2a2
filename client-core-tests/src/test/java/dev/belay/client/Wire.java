package dev.belay.client;

import java.util.List;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** What client and server speak. */
enum Wire {
  CLEAR,
  TLS,
  HTTP_2;

  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();

  /** Of the server, and trusted by the client. */
  static final HandshakeCertificates TRUST =
      new HandshakeCertificates.Builder()
          .addTrustedCertificate(CERTIFICATE.certificate())
          .heldCertificate(CERTIFICATE)
          .build();

  String scheme() {
    return this == CLEAR ? "http" : "https";
  }

  BelayClientBuilder applyTo(BelayClientBuilder client) {
    return switch (this) {
      case CLEAR -> client;
      case TLS -> client.tls(TRUST.sslSocketFactory(), TRUST.trustManager());
      case HTTP_2 -> TLS.applyTo(client).protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    };
  }
}
