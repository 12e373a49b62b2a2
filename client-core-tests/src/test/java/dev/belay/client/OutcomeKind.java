package dev.belay.client;

import okhttp3.HttpUrl;
import okhttp3.Request;

/** The requests that the rules of repetition tell apart. */
enum OutcomeKind {
  POST("POST"),
  KEYED("POST with key"),
  GET("GET");

  static final String KEY = "Idempotency-Key";

  private final String text;

  OutcomeKind(String text) {
    this.text = text;
  }

  BelayClientBuilder applyTo(BelayClientBuilder client) {
    return client;
  }

  CallOptions options() {
    return this == KEYED ? CallOptions.defaults().idempotent() : CallOptions.defaults();
  }

  Request request(HttpUrl url) {
    Request.Builder request = new Request.Builder().url(url);
    return (this == GET ? request : request.post(Requests.body("hello"))).build();
  }

  @Override
  public String toString() {
    return text;
  }
}
