package dev.belay.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Whose MDC users' code saw, by the kind of code; and all of that leaves something in it. */
final class Sightings extends EventListener {
  static final String KEY = "caller";

  private final ConcurrentMap<String, Set<String>> seen = new ConcurrentHashMap<>();

  void note(String code) {
    seen.computeIfAbsent(code, c -> ConcurrentHashMap.newKeySet())
        .add(String.valueOf(MDC.get(KEY)));
    MDC.put("left", code);
  }

  Map<String, Set<String>> seen() {
    return Map.copyOf(seen);
  }

  /** All that was seen anywhere. */
  Set<String> callers() {
    Set<String> all = new TreeSet<>();
    seen.values().forEach(all::addAll);
    return all;
  }

  // Users' code.

  ResponseHandler<String> handler() {
    return response -> {
      note("handler");
      return response.body().string();
    };
  }

  Interceptor interceptor() {
    return chain -> {
      note("interceptor");
      return chain.proceed(chain.request());
    };
  }

  RequestBody body() {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        note("body");
        sink.writeUtf8("hello");
      }
    };
  }

  CompletableFuture<String> dependentOf(CompletableFuture<String> future) {
    return future.whenComplete((text, failure) -> note("dependent"));
  }

  Callback callback(CompletableFuture<String> ending) {
    Callback completing = new Completing(ending);
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        note("callback");
        completing.onFailure(call, e);
      }

      @Override
      public void onResponse(Call call, Response response) throws IOException {
        note("callback");
        completing.onResponse(call, response);
      }
    };
  }

  // Events, of each part of a call one.

  @Override
  public void callStart(Call call) {
    note("callStart");
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    note("connectStart");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    note("requestHeadersEnd");
  }

  @Override
  public void responseBodyEnd(Call call, long bytes) {
    note("responseBodyEnd");
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    note("connectionReleased");
  }

  @Override
  public void callEnd(Call call) {
    note("callEnd");
  }

  @Override
  public void callFailed(Call call, IOException e) {
    note("callFailed");
  }

  @Override
  public void canceled(Call call) {
    note("canceled");
  }
}
