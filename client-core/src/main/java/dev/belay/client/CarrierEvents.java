package dev.belay.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.function.BiConsumer;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a passage, told to the call that it carries at that moment.
 *
 * <p>To OkHttp all exchanges of a passage belong to one call of its own; the listeners of users
 * hear of them with their own.
 */
final class CarrierEvents extends EventListener {
  private final Carrier carrier;
  private final Passage passage;
  private final Addresses addresses;

  CarrierEvents(Carrier carrier, Passage passage, Addresses addresses) {
    this.carrier = carrier;
    this.passage = passage;
    this.addresses = addresses;
  }

  private void tell(BiConsumer<EventListener, Call> event) {
    Exchange exchange = passage.exchange();
    if (exchange != null) {
      exchange.call.events.tell(event);
    }
  }

  private void reached(Phase phase) {
    Exchange exchange = passage.exchange();
    if (exchange != null) {
      exchange.call.phase = phase;
    }
  }

  @Override
  public void proxySelectStart(Call call, HttpUrl url) {
    tell((l, c) -> l.proxySelectStart(c, url));
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    tell((l, c) -> l.proxySelectEnd(c, url, proxies));
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    tell((l, c) -> l.dnsStart(c, domainName));
  }

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> found) {
    tell((l, c) -> l.dnsEnd(c, domainName, found));
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    reached(Phase.CONNECT);
    tell((l, c) -> l.connectStart(c, address, proxy));
  }

  @Override
  public void secureConnectStart(Call call) {
    reached(Phase.TLS);
    tell(EventListener::secureConnectStart);
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    tell((l, c) -> l.secureConnectEnd(c, handshake));
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    addresses.connected(address);
    tell((l, c) -> l.connectEnd(c, address, proxy, protocol));
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException e) {
    if (isItsFault(e)) {
      addresses.failed(address);
    }
    IOException clean = Scrubbed.io(e);
    tell((l, c) -> l.connectFailed(c, address, proxy, protocol, clean));
  }

  /** A caller who gives up says nothing about an address; one whose deadline passes does. */
  private boolean isItsFault(IOException failure) {
    Exchange exchange = passage.exchange();
    Cut cut = exchange == null ? null : exchange.call.cut();
    boolean givenUp = carrier.isDead() && !(cut instanceof Cut.Deadline);
    return !givenUp && !(failure instanceof SocketGate.NoPlaceException);
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    carrier.connected(connection);
    Exchange exchange = passage.exchange();
    if (exchange != null) {
      exchange.acquired(connection);
    }
  }

  @Override
  public void requestHeadersStart(Call call) {
    Exchange exchange = passage.exchange();
    if (exchange != null) {
      exchange.headBegins(carrier.mark());
    }
    tell(EventListener::requestHeadersStart);
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    if (request.body() == null) {
      reached(Phase.RESPONSE);
    }
    Exchange exchange = passage.exchange();
    if (exchange != null && exchange.call.events.isHeard()) {
      Request shown = exchange.call.secrets.hide(request, exchange.call);
      tell((l, c) -> l.requestHeadersEnd(c, shown));
    }
  }

  @Override
  public void requestBodyStart(Call call) {
    tell(EventListener::requestBodyStart);
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    reached(Phase.RESPONSE);
    tell((l, c) -> l.requestBodyEnd(c, byteCount));
  }

  @Override
  public void requestFailed(Call call, IOException e) {
    Exchange exchange = passage.exchange();
    if (exchange != null) {
      exchange.traces.requestBreaksOff();
    }
    tell((l, c) -> l.requestFailed(c, Scrubbed.io(e)));
  }

  /** Comes when the headers have been read: waiting for them began with the end of the request. */
  @Override
  public void responseHeadersStart(Call call) {
    tell(EventListener::responseHeadersStart);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    Exchange exchange = passage.exchange();
    if (exchange != null) {
      exchange.traces.answerBegins(response.code());
      carrier.keepAlive.answered(exchange.call.deadline.now(), response.headers());
    }
    if (exchange != null && exchange.call.events.isHeard()) {
      CallEntry told = exchange.call;
      Request asked = told.secrets.hide(response.request(), told);
      Response shown = told.secrets.hide(response, asked, told);
      tell((l, c) -> l.responseHeadersEnd(c, shown));
    }
  }

  @Override
  public void responseBodyStart(Call call) {
    reached(Phase.BODY);
    tell(EventListener::responseBodyStart);
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    Exchange exchange = passage.exchange();
    if (exchange != null) {
      exchange.traces.bodyEnds();
    }
    tell((l, c) -> l.responseBodyEnd(c, byteCount));
  }

  @Override
  public void responseFailed(Call call, IOException e) {
    tell((l, c) -> l.responseFailed(c, Scrubbed.io(e)));
  }
}
