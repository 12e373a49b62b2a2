package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.belay.client.Answers;
import dev.belay.client.BelayClient;
import dev.belay.client.BoundedPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class NoLeaksTest {
  private static final List<AutoCloseable> LEAKED = new ArrayList<>();
  private static final BelayClient SHARED = BelayClient.builder().name("shared").build();

  @AfterAll
  static void close_the_shared_client() {
    SHARED.close();
  }

  @AfterEach
  void end_the_leaks_that_were_made_on_purpose() throws Exception {
    for (AutoCloseable leaked : LEAKED) {
      leaked.close();
    }
    LEAKED.clear();
  }

  @Test
  void a_test_that_leaks_a_response_fails_with_the_line_that_opened_it() {
    TestExecutionResult result = run("leaksAResponse");

    assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    assertThat(result.getThrowable())
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("response GET http://127.0.0.1:")
                    .hasMessageContaining("Leaky.leaksAResponse(NoLeaksTest.java:")
                    .hasMessageContaining("close the response"));
  }

  @Test
  void a_test_that_leaks_a_client_fails_with_the_line_that_built_it() {
    assertThat(run("leaksAClient").getThrowable())
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("client 'forgotten'")
                    .hasMessageContaining("Leaky.leaksAClient(NoLeaksTest.java:"));
  }

  @Test
  void a_test_that_leaks_a_pool_with_an_idle_connection_fails() {
    assertThat(run("leaksAPool").getThrowable())
        .hasValueSatisfying(
            failure -> assertThat(failure).hasMessageContaining("Leaky.leaksAPool("));
  }

  @Test
  void a_leak_joins_the_failure_that_a_test_had_already() {
    assertThat(run("failsAndLeaks").getThrowable())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure).hasMessage("its own failure");
              assertThat(failure.getSuppressed())
                  .anySatisfy(s -> assertThat(s).hasMessageContaining("left this open"));
            });
  }

  @Test
  void one_leak_fails_one_test() {
    assertThat(run("leaksAClient").getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    assertThat(run("closesWhatItOpens").getThrowable()).isEmpty();
  }

  private static TestExecutionResult run(String method) {
    List<TestExecutionResult> results = new ArrayList<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(Leaky.class, method, TestServer.class))
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  results.add(result);
                }
              }
            });
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  /** Not named like a test, so that only the launcher above runs it. */
  @NoLeaks
  static class Leaky {
    @Test
    void leaksAResponse(TestServer server) throws IOException {
      LEAKED.add(SHARED.newCall(get(server)).execute());
    }

    @Test
    void leaksAClient(TestServer server) throws IOException {
      BelayClient client = BelayClient.builder().name("forgotten").build();
      LEAKED.add(client);
      assertThat(client.send(get(server), Answers.text())).isEqualTo("ok");
    }

    @Test
    void leaksAPool(TestServer server) throws IOException {
      BoundedPool pool = BoundedPool.builder().build();
      LEAKED.add(pool);
      try (BelayClient client = BelayClient.builder(pool).build()) {
        assertThat(client.send(get(server), Answers.text())).isEqualTo("ok");
      }
    }

    @Test
    void failsAndLeaks(TestServer server) {
      LEAKED.add(BelayClient.builder().build());
      throw new IllegalStateException("its own failure");
    }

    @Test
    void closesWhatItOpens(TestServer server) throws IOException {
      try (BelayClient client = BelayClient.builder().build();
          Response response = client.open(get(server))) {
        assertThat(response.body().string()).isEqualTo("ok");
      }
    }

    private static Request get(TestServer server) {
      return new Request.Builder().url(server.url("/x")).build();
    }
  }
}
