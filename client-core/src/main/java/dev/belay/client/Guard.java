package dev.belay.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The last application interceptor: what users' interceptors may not change, and server nonsense.
 */
final class Guard implements Interceptor {
  private final Carrier carrier;

  /** Written once, before its first call; read by the threads that make calls. */
  private volatile @Nullable OkHttpClient client;

  Guard(Carrier carrier) {
    this.carrier = carrier;
  }

  /** A client with this as its last interceptor, whose parts none of the others can replace. */
  static OkHttpClient build(OkHttpClient.Builder builder, Carrier carrier) {
    Guard guard = new Guard(carrier);
    OkHttpClient built = builder.addInterceptor(guard).build();
    guard.client = built;
    return built;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      refuseReplacedParts(chain);
      Response answer = proceed(chain);
      refuseUnknownCoding(answer, chain.request());
      return RetryAfter.restore(opened(answer, exchangeOf(chain)));
    } catch (IOException e) {
      throw seen(e, exchangeOf(chain));
    } catch (RuntimeException e) {
      throw seen(asIo(e, carrier), exchangeOf(chain));
    }
  }

  /** Nobody above sees what is secret in what is sent. */
  private static Response proceed(Chain chain) throws IOException {
    Request asked = chain.request();
    Exchange exchange = exchangeOf(chain);
    if (exchange == null) {
      return refuseSwitch(chain.proceed(asked));
    }
    if (asked != exchange.request) {
      refuseBreaks(asked);
    }
    CallEntry call = exchange.call;
    Response answer = refuseSwitch(chain.proceed(call.secrets.addTo(asked, call)));
    return call.secrets.hide(answer, asked, call);
  }

  /**
   * A connection that speaks another protocol from now on is of no use to a call. OkHttp hands out
   * its bytes if both sides wanted the switch, and keeps it in memory until both streams are
   * closed.
   */
  private static Response refuseSwitch(Response answer) throws IOException {
    if (answer.code() != Status.SWITCHING_PROTOCOLS) {
      return answer;
    }
    okio.Socket bytes = answer.socket();
    if (bytes != null) {
      bytes.cancel();
      closeQuietly(bytes.getSource());
      closeQuietly(bytes.getSink());
    }
    answer.close();
    throw new ProtocolException("protocols are not switched");
  }

  /**
   * We offer gzip, which is decoded by now. What is still encoded would pass for the content
   * itself, unless who asked for it says what he can read (RFC 9110 section 12.5.3).
   */
  private static void refuseUnknownCoding(Response answer, Request request) throws IOException {
    String coding = answer.header("Content-Encoding");
    boolean asked = request.header("Accept-Encoding") != null;
    boolean encoded = coding != null && !coding.isBlank() && !coding.equalsIgnoreCase("identity");
    if (encoded && !asked && Framing.hasBody(answer) && answer.body().contentLength() != 0) {
      answer.close();
      throw new ProtocolException("a content coding that was not offered");
    }
  }

  /** What had come before the request was sent answers another one, or none. */
  private static void refuseUnasked(Response answer, Exchange exchange) throws IOException {
    if (answer.networkResponse() != null && !exchange.traces.hasHeard()) {
      answer.close();
      throw new ProtocolException("the answer came before the request");
    }
  }

  private static void closeQuietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      Log.CALL.debug(
          "a stream of a refused switch of protocols could not be closed", Scrubbed.io(e));
    }
  }

  private static @Nullable Exchange exchangeOf(Chain chain) {
    return Passage.of(chain.call()).exchange();
  }

  private static Response opened(Response answer, @Nullable Exchange exchange) throws IOException {
    if (exchange != null) {
      refuseUnasked(answer, exchange);
      exchange.opened(answer.body());
      if (exchange.isShownToInterceptors()) {
        return answer.newBuilder().body(ShownBody.of(answer.body(), exchange)).build();
      }
    }
    return answer;
  }

  /** What comes from here is the network's; an interceptor above may throw something of its own. */
  private static IOException seen(IOException e, @Nullable Exchange exchange) {
    IOException clean = Scrubbed.io(e);
    return exchange == null ? clean : exchange.failedBelow(clean);
  }

  /**
   * Since OkHttp 5.4 an interceptor can replace these, and its sockets would count nowhere: for a
   * SOCKS proxy OkHttp makes them itself and asks no factory. Whom to trust is for the builder of
   * the client to say, where it is seen and keeps clients apart.
   */
  private void refuseReplacedParts(Chain chain) throws IOException {
    OkHttpClient own = Objects.requireNonNull(client, "client");
    refuse(chain.getConnectionPool() != own.connectionPool(), "connection pool");
    refuse(chain.getSocketFactory() != own.socketFactory(), "socket factory");
    refuse(chain.getRetryOnConnectionFailure(), "replay setting");
    refuse(chain.getFollowRedirects(), "redirect setting");
    refuse(!Objects.equals(own.proxy(), chain.getProxy()), "proxy");
    refuse(chain.getSslSocketFactoryOrNull() != own.sslSocketFactory(), "TLS socket factory");
    refuse(chain.getX509TrustManagerOrNull() != own.x509TrustManager(), "trust manager");
    refuse(chain.getHostnameVerifier() != own.hostnameVerifier(), "hostname verifier");
    refuse(!chain.getCertificatePinner().equals(own.certificatePinner()), "certificate pins");
    if (carrier.route.wiring().net.publicOnly()) {
      refuse(chain.getDns() != own.dns(), "Dns"); // what it finds would be connected to unseen
      refuse(!carrier.route.origin().isOf(chain.request().url()), "origin of the request");
    }
  }

  private static void refuse(boolean replaced, String part) throws IOException {
    if (replaced) {
      throw new ReplacedPartException("an interceptor replaced the " + part + " of this client");
    }
  }

  private static void refuseBreaks(Request request) throws IOException {
    try {
      RequestCheck.check(request);
    } catch (IllegalArgumentException e) {
      throw new ReplacedPartException("an interceptor made a bad request: " + e.getMessage());
    }
  }

  /** A mistake of an interceptor, found before anything was sent. */
  static final class ReplacedPartException extends IOException {
    private static final long serialVersionUID = 1;

    ReplacedPartException(String message) {
      super(message);
    }
  }

  /** OkHttp says in an unchecked way too that a connection was closed under it. */
  static IOException asIo(RuntimeException e, Carrier carrier) {
    return carrier.isDead() ? closed() : nonsense(e);
  }

  static SocketException closed() {
    return new SocketException("the connection was closed");
  }

  /** An unchecked exception out of OkHttp is one that the bytes of the server provoked. */
  static ProtocolException nonsense(RuntimeException e) {
    ProtocolException nonsense = new ProtocolException("the answer cannot be understood");
    nonsense.initCause(Scrubbed.of(e));
    return nonsense;
  }
}
