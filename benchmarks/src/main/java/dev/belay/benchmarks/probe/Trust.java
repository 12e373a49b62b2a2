package dev.belay.benchmarks.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust in the certificates of a PEM file and in no others. */
record Trust(SSLSocketFactory sockets, X509TrustManager manager) {

  static Trust in(Path pem) throws WrongOptionException {
    try (InputStream in = Files.newInputStream(pem)) {
      return in(CertificateFactory.getInstance("X.509").generateCertificates(in));
    } catch (IOException | GeneralSecurityException e) {
      throw new WrongOptionException("--ca cannot be read: " + e);
    }
  }

  private static Trust in(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException, WrongOptionException {
    if (certificates.isEmpty()) {
      throw new WrongOptionException("--ca holds no certificate");
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    TrustManager[] managers = factory.getTrustManagers();
    if (managers.length != 1 || !(managers[0] instanceof X509TrustManager manager)) {
      throw new WrongOptionException("--ca is not supported by this Java");
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return new Trust(context.getSocketFactory(), manager);
  }
}
