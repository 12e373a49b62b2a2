package dev.belay.client;

import okhttp3.HttpUrl;

/** Scheme, host and port (RFC 6454): what a connection leads to. */
record Origin(boolean tls, String host, int port) {
  static Origin of(HttpUrl url) {
    return new Origin(url.isHttps(), url.host(), url.port());
  }

  boolean isOf(HttpUrl url) {
    return tls == url.isHttps() && port == url.port() && host.equals(url.host());
  }

  HttpUrl url() {
    return new HttpUrl.Builder().scheme(tls ? "https" : "http").host(host).port(port).build();
  }

  @Override
  public String toString() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (tls ? "https://" : "http://") + name + ":" + port;
  }
}
