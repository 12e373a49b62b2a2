package dev.belay.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Passes every event on. OkHttp 4.12 has no event for the dispatcher's queue, retries and
 * follow-ups: nobody calls those methods there, so that nothing looks for the ones they call.
 */
class ForwardingEventListener extends EventListener {

  private final EventListener other;

  ForwardingEventListener(EventListener other) {
    this.other = other;
  }

  @Override
  public void callStart(Call call) {
    other.callStart(call);
  }

  @Override
  public void dispatcherQueueStart(Call call, Dispatcher dispatcher) {
    other.dispatcherQueueStart(call, dispatcher);
  }

  @Override
  public void dispatcherQueueEnd(Call call, Dispatcher dispatcher) {
    other.dispatcherQueueEnd(call, dispatcher);
  }

  @Override
  public void proxySelectStart(Call call, HttpUrl url) {
    other.proxySelectStart(call, url);
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    other.proxySelectEnd(call, url, proxies);
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    other.dnsStart(call, domainName);
  }

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> inetAddressList) {
    other.dnsEnd(call, domainName, inetAddressList);
  }

  @Override
  public void connectStart(Call call, InetSocketAddress inetSocketAddress, Proxy proxy) {
    other.connectStart(call, inetSocketAddress, proxy);
  }

  @Override
  public void secureConnectStart(Call call) {
    other.secureConnectStart(call);
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    other.secureConnectEnd(call, handshake);
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress inetSocketAddress, Proxy proxy, @Nullable Protocol protocol) {
    other.connectEnd(call, inetSocketAddress, proxy, protocol);
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress inetSocketAddress,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException ioe) {
    other.connectFailed(call, inetSocketAddress, proxy, protocol, ioe);
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    other.connectionAcquired(call, connection);
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    other.connectionReleased(call, connection);
  }

  @Override
  public void requestHeadersStart(Call call) {
    other.requestHeadersStart(call);
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    other.requestHeadersEnd(call, request);
  }

  @Override
  public void requestBodyStart(Call call) {
    other.requestBodyStart(call);
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    other.requestBodyEnd(call, byteCount);
  }

  @Override
  public void requestFailed(Call call, IOException ioe) {
    other.requestFailed(call, ioe);
  }

  @Override
  public void responseHeadersStart(Call call) {
    other.responseHeadersStart(call);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    other.responseHeadersEnd(call, response);
  }

  @Override
  public void responseBodyStart(Call call) {
    other.responseBodyStart(call);
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    other.responseBodyEnd(call, byteCount);
  }

  @Override
  public void responseFailed(Call call, IOException ioe) {
    other.responseFailed(call, ioe);
  }

  @Override
  public void retryDecision(Call call, IOException exception, boolean retry) {
    other.retryDecision(call, exception, retry);
  }

  @Override
  public void followUpDecision(Call call, Response networkResponse, @Nullable Request nextRequest) {
    other.followUpDecision(call, networkResponse, nextRequest);
  }

  @Override
  public void callEnd(Call call) {
    other.callEnd(call);
  }

  @Override
  public void callFailed(Call call, IOException ioe) {
    other.callFailed(call, ioe);
  }

  @Override
  public void canceled(Call call) {
    other.canceled(call);
  }

  @Override
  public void satisfactionFailure(Call call, Response response) {
    other.satisfactionFailure(call, response);
  }

  @Override
  public void cacheHit(Call call, Response response) {
    other.cacheHit(call, response);
  }

  @Override
  public void cacheMiss(Call call) {
    other.cacheMiss(call);
  }

  @Override
  public void cacheConditionalHit(Call call, Response cachedResponse) {
    other.cacheConditionalHit(call, cachedResponse);
  }
}
