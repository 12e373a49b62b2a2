package dev.belay.client;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Why a handshake of TLS failed for good, in our words: those of the platform differ from version
 * to version, and repeat what the server says of itself.
 */
final class Distrust {
  /** What the messages of platform and OkHttp contain, where there are no types; tests pin them. */
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    String version = "it speaks no TLS from version 1.2 on";
    WORDS.put("protocol_version", version);
    WORDS.put("is not accepted by client preferences", version);
    String cipher = "it has no way to encrypt in common with this client";
    WORDS.put("handshake_failure", cipher);
    WORDS.put("insufficient_security", cipher);
    WORDS.put("improper ciphersuite", cipher);
    String own = "it does not accept the certificate of this client, or misses one";
    WORDS.put("certificate_required", own);
    WORDS.put("bad_certificate", own);
    WORDS.put("unknown_ca", own);
    WORDS.put("access_denied", own);
    WORDS.put("unrecognized_name", "it says that it is another host");
  }

  private Distrust() {}

  /**
   * Shows a trust manager that checks nothing, by what its contract says of no certificate at all.
   *
   * @throws IllegalArgumentException if it accepts that
   */
  static void refuseTrustInAll(X509TrustManager manager) {
    try {
      manager.checkServerTrusted(new X509Certificate[0], "RSA");
    } catch (CertificateException | RuntimeException e) {
      return;
    }
    throw new IllegalArgumentException(
        "tls must have a trust manager that checks something, but "
            + manager.getClass().getName()
            + " accepts an empty chain of certificates: to trust a certificate of your own, put it"
            + " into a KeyStore and take the trust manager of a TrustManagerFactory for that");
  }

  /** Null for what may go better the next time. */
  static @Nullable String reason(Throwable failure, Phase phase) {
    String found = null;
    for (Throwable t = failure; t != null && !isLoss(t); t = t.getCause()) {
      String deeper = ofCertificate(t);
      found = deeper == null ? found : deeper; // the deepest is the most exact
      if (t.getCause() == null) {
        return found != null || phase != Phase.TLS ? found : ofHandshake(failure);
      }
    }
    return null;
  }

  /** It broke off. */
  private static boolean isLoss(Throwable t) {
    return t instanceof SocketException
        || t instanceof EOFException
        || t instanceof InterruptedIOException;
  }

  private static @Nullable String ofCertificate(Throwable t) {
    if (t instanceof CertificateExpiredException) {
      return "its certificate has expired";
    }
    if (t instanceof CertificateNotYetValidException) {
      return "its certificate is not valid yet";
    }
    if (t instanceof CertPathBuilderException) {
      return "its certificate is of no authority that is trusted";
    }
    if (t instanceof SSLPeerUnverifiedException || isNameOf(t)) {
      return message(t).startsWith("Certificate pinning")
          ? "none of its certificates is pinned"
          : "its certificate is for another host";
    }
    return t instanceof CertificateException || t instanceof CertPathValidatorException
        ? "its certificate is not trusted"
        : null;
  }

  /** Some trust managers look at the name as well. */
  private static boolean isNameOf(Throwable t) {
    return t instanceof CertificateException
        && (message(t).startsWith("No subject alternative") || message(t).startsWith("No name"));
  }

  private static @Nullable String ofHandshake(Throwable failure) {
    String message = message(failure);
    for (Map.Entry<String, String> known : WORDS.entrySet()) {
      if (message.contains(known.getKey())) {
        return known.getValue();
      }
    }
    boolean other = message.contains("alert") || message.contains("closed");
    return failure instanceof SSLException && !other ? "what it speaks is not TLS" : null;
  }

  private static String message(Throwable t) {
    return String.valueOf(t.getMessage());
  }
}
