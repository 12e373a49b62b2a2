package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.Headers;
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
    return this == KEYED ? client.idempotencyKey(KEY) : client;
  }

  Request request(HttpUrl url) {
    Request.Builder request = new Request.Builder().url(url);
    return (this == GET ? request : request.post(Requests.body("hello"))).build();
  }

  /** One for all attempts of a call, and none where none is wanted. */
  void expectKeys(List<Headers> attempts) {
    Set<String> keys =
        attempts.stream().map(head -> String.valueOf(head.get(KEY))).collect(Collectors.toSet());
    assertThat(keys).hasSizeLessThanOrEqualTo(1);
    assertThat(keys.contains("null")).isEqualTo(this != KEYED && !attempts.isEmpty());
  }

  @Override
  public String toString() {
    return text;
  }
}
