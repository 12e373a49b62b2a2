package dev.belay.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
 * The names of the events of one call, in their order: all but those of caches, and of what
 * OkHttp's dispatcher and its retries decide, which have no part in our calls.
 */
final class EventNames extends EventListener {
  private final Call expected;
  private final List<String> names = new CopyOnWriteArrayList<>();

  private EventNames(Call expected) {
    this.expected = expected;
  }

  /** Listens to a call that has not started. */
  static EventNames of(Call call) {
    EventNames names = new EventNames(call);
    call.addEventListener(names);
    return names;
  }

  String names() {
    return String.join(" ", names);
  }

  private void add(Call call, String event) {
    names.add(call == expected ? event : event + " of another call");
  }

  @Override
  public void callStart(Call call) {
    add(call, "callStart");
  }

  @Override
  public void proxySelectStart(Call call, HttpUrl url) {
    add(call, "proxySelectStart");
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    add(call, "proxySelectEnd");
  }

  @Override
  public void dnsStart(Call call, String host) {
    add(call, "dnsStart");
  }

  @Override
  public void dnsEnd(Call call, String host, List<InetAddress> found) {
    add(call, "dnsEnd");
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    add(call, "connectStart");
  }

  @Override
  public void secureConnectStart(Call call) {
    add(call, "secureConnectStart");
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    add(call, "secureConnectEnd");
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    add(call, "connectEnd");
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException e) {
    add(call, "connectFailed");
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    add(call, "connectionAcquired");
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    add(call, "connectionReleased");
  }

  @Override
  public void requestHeadersStart(Call call) {
    add(call, "requestHeadersStart");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    add(call, "requestHeadersEnd");
  }

  @Override
  public void requestBodyStart(Call call) {
    add(call, "requestBodyStart");
  }

  @Override
  public void requestBodyEnd(Call call, long bytes) {
    add(call, "requestBodyEnd");
  }

  @Override
  public void requestFailed(Call call, IOException e) {
    add(call, "requestFailed");
  }

  @Override
  public void responseHeadersStart(Call call) {
    add(call, "responseHeadersStart");
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    add(call, "responseHeadersEnd");
  }

  @Override
  public void responseBodyStart(Call call) {
    add(call, "responseBodyStart");
  }

  @Override
  public void responseBodyEnd(Call call, long bytes) {
    add(call, "responseBodyEnd");
  }

  @Override
  public void responseFailed(Call call, IOException e) {
    add(call, "responseFailed");
  }

  @Override
  public void callEnd(Call call) {
    add(call, "callEnd");
  }

  @Override
  public void callFailed(Call call, IOException e) {
    add(call, "callFailed");
  }

  @Override
  public void canceled(Call call) {
    add(call, "canceled");
  }
}
