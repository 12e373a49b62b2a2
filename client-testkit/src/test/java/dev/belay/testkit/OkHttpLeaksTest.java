package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OkHttpLeaksTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestServer server = TestServer.start(request -> Answer.of(200, "hello"));
  private final OkHttpClient client =
      new OkHttpClient.Builder().eventListenerFactory(OkHttpLeaks.listener()).build();

  @AfterEach
  void close() throws Exception {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    server.awaitOpenConnections(0, SOON);
    server.close();
  }

  private Call call(String path) {
    return client.newCall(new Request.Builder().url(server.url(path)).build());
  }

  private Opener onlyOpener() {
    List<PeerConnection> open = server.witness().open();
    assertThat(open).hasSize(1);
    int port = open.get(0).clientPort();
    assertThat(Openers.of(port, 1)).isNull();
    return Objects.requireNonNull(Openers.of(port, server.port()));
  }

  private static void assertOpenedIn(Opener opener, String method) {
    assertThat(opener.openedAt().getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(OkHttpLeaksTest.class.getName())
                    && frame.getMethodName().equals(method));
  }

  @Test
  void an_open_answer_has_an_opener_that_has_not_ended() throws Exception {
    try (Response response = call("/x?token=secret").execute()) {
      assertThat(response.isSuccessful()).isTrue();
      Opener opener = onlyOpener();
      assertThat(opener.ended()).isFalse();
      assertThat(opener.what()).isEqualTo("GET " + server.url("/x"));
      assertThat(opener.thread()).isEqualTo(Thread.currentThread().getName());
      assertOpenedIn(opener, "an_open_answer_has_an_opener_that_has_not_ended");
    }
    assertThat(onlyOpener().ended()).isTrue();
  }

  @Test
  void a_connection_at_rest_is_told_by_the_call_that_used_it_last() throws Exception {
    call("/first").execute().close();
    call("/second").execute().close();
    assertThat(onlyOpener().what()).endsWith("/second");
    assertThat(onlyOpener().ended()).isTrue();
  }

  @Test
  void a_call_in_the_background_has_the_stack_of_who_enqueued_it() throws Exception {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    call("/x").enqueue(into(answer));
    try (Response response = answer.get()) {
      assertThat(response.isSuccessful()).isTrue();
      assertThat(onlyOpener().ended()).isFalse();
      assertOpenedIn(onlyOpener(), "a_call_in_the_background_has_the_stack_of_who_enqueued_it");
    }
  }

  private static Callback into(CompletableFuture<Response> answer) {
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        answer.completeExceptionally(e);
      }

      @Override
      public void onResponse(Call call, Response response) {
        answer.complete(response);
      }
    };
  }

  @Test
  void a_call_that_was_cancelled_but_not_closed_has_not_ended() throws Exception {
    Call call = call("/x");
    try (Response response = call.execute()) {
      int port = server.witness().open().get(0).clientPort();
      call.cancel();
      server.awaitOpenConnections(0, SOON);
      assertThat(response.isSuccessful()).isTrue();
      assertThat(Openers.of(port)).isNotNull().extracting(Opener::ended).isEqualTo(false);
    }
  }

  @Test
  void a_call_that_fails_has_ended() throws Exception {
    try (TestServer broken = TestServer.start(request -> Answer.hangUp())) {
      Request request = new Request.Builder().url(broken.url("/x")).build();
      assertThatThrownBy(() -> client.newCall(request).execute()).isInstanceOf(IOException.class);
      for (PeerConnection given : broken.witness().givenUp()) {
        assertThat(Openers.of(given.clientPort(), broken.port()))
            .isNotNull()
            .extracting(Opener::ended)
            .isEqualTo(true);
      }
    }
  }

  @Test
  void another_listener_gets_every_event() throws Exception {
    List<String> alone = new ArrayList<>();
    List<String> joined = new ArrayList<>();
    for (boolean both : new boolean[] {false, true}) {
      EventListener.Factory recording = call -> new RecordingListener(both ? joined : alone);
      OkHttpClient other =
          new OkHttpClient.Builder()
              .eventListenerFactory(both ? OkHttpLeaks.listener(recording) : recording)
              .build();
      Request request = new Request.Builder().url(server.url("/x")).build();
      other.newCall(request).execute().close();
      other.connectionPool().evictAll();
    }
    assertThat(joined).isEqualTo(alone).contains("callStart", "connectEnd", "callEnd");
  }

  @Test
  void every_event_of_this_okhttp_is_passed_on() {
    for (var event : EventListener.class.getDeclaredMethods()) {
      boolean isEvent =
          event.getReturnType() == void.class
              && java.lang.reflect.Modifier.isPublic(event.getModifiers());
      if (isEvent) {
        assertThat(ForwardingEventListener.class.getDeclaredMethods())
            .as(event.getName())
            .anyMatch(
                own ->
                    own.getName().equals(event.getName())
                        && java.util.Arrays.equals(
                            own.getParameterTypes(), event.getParameterTypes()));
      }
    }
  }
}
