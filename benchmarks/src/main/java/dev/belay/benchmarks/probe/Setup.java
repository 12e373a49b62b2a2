package dev.belay.benchmarks.probe;

import dev.belay.client.BelayClient;
import dev.belay.client.BelayClientBuilder;
import dev.belay.client.CallOptions;
import dev.belay.client.RetryPolicy;
import java.io.Closeable;
import java.util.List;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;

/** What the probe does its calls with. */
record Setup(BelayClient client, Request request, CallOptions call) implements Closeable {

  static Setup of(ProbeOptions options) throws WrongOptionException {
    try {
      Request request = requestOf(options);
      BelayClientBuilder builder =
          BelayClient.builder().name("probe").interceptor(CallReport::countAttempt);
      addHeaders(builder, options);
      addLimits(builder, options);
      addProtocol(builder, options);
      CallOptions call = CallOptions.defaults();
      return new Setup(builder.build(), request, options.idempotent ? call.idempotent() : call);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new WrongOptionException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static void addHeaders(BelayClientBuilder builder, ProbeOptions options)
      throws WrongOptionException {
    for (String text : options.headers) {
      Header header = Header.parse("--header", text);
      builder.header(header.name(), header.value());
    }
    for (String text : options.secretHeaders) {
      Header header = Header.parse("--secret-header", text);
      builder.secretHeader(header.name(), header.value());
    }
  }

  private static void addLimits(BelayClientBuilder builder, ProbeOptions options) {
    if (options.cap != null) {
      builder.maxConnections(options.cap);
    }
    if (options.idle != null) {
      builder.ownPool(pool -> pool.idleTime(options.idle));
    }
    if (options.deadline != null) {
      builder.deadline(options.deadline);
    }
    if (options.attempts != null) {
      builder.retry(RetryPolicy.builder().maxAttempts(options.attempts).build());
    }
  }

  private static void addProtocol(BelayClientBuilder builder, ProbeOptions options)
      throws WrongOptionException {
    if (options.ca != null) {
      Trust trust = Trust.in(options.ca);
      builder.tls(trust.sockets(), trust.manager());
    }
    if (options.h2) {
      builder.protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    }
  }

  /** OkHttp wants a body for some methods and refuses it for others. */
  private static Request requestOf(ProbeOptions options) {
    Long length = options.bodyBytes;
    if (length == null && List.of("POST", "PUT", "PATCH").contains(options.method)) {
      length = 0L;
    }
    RequestBody body = length == null ? null : new FilledBody(length);
    return new Request.Builder().url(options.url).method(options.method, body).build();
  }
}
