package dev.belay.uazapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.BoundedPool;
import dev.belay.testkit.FakeUazapi;
import dev.belay.testkit.NoLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@NoLeaks
class UazapiClientTest {

  @Test
  void building_opens_nothing() {
    try (FakeUazapi fake = FakeUazapi.start();
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build()) {
      assertThat(client.send()).isNotNull();
      assertThat(fake.totalConnections()).isZero();
    }
  }

  @Test
  void closing_closes_the_private_pool() throws Exception {
    try (FakeUazapi fake = FakeUazapi.start()) {
      UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).build();
      assertThat(client.send().text(Samples.NUMBER, "hi").accepted()).isTrue();
      assertThat(fake.openConnections()).isEqualTo(1);
      client.close();
      fake.server().awaitOpenConnections(0, Duration.ofSeconds(1));
      client.close();
    }
  }

  @Test
  void closing_leaves_a_borrowed_pool_to_its_siblings() {
    try (FakeUazapi fake = FakeUazapi.start();
        BoundedPool pool = BoundedPool.builder().build();
        UazapiClient sibling = UazapiClient.builder(fake.url(), fake.token()).pool(pool).build()) {
      UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).pool(pool).build();
      assertThat(client.send().text(Samples.NUMBER, "hi").accepted()).isTrue();
      client.close();
      assertThat(sibling.send().text(Samples.NUMBER, "hi").accepted()).isTrue();
      assertThat(fake.totalConnections()).isEqualTo(1);
    }
  }

  @Test
  void fifty_clients_share_one_pool_and_its_cap() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try (FakeUazapi fake =
            FakeUazapi.builder().answersWithin(Duration.ZERO, Duration.ofMillis(20)).start();
        BoundedPool pool = BoundedPool.builder().maxConnections(4).build()) {
      List<Future<SendResult>> results = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        UazapiClient client = UazapiClient.builder(fake.url(), fake.token()).pool(pool).build();
        for (int n = 0; n < 4; n++) {
          results.add(threads.submit(() -> client.send().text(Samples.NUMBER, "hi")));
        }
      }
      for (Future<SendResult> result : results) {
        assertThat(result.get().accepted()).isTrue();
      }
      assertThat(fake.messages()).hasSize(200);
      assertThat(fake.mostConnections()).isLessThanOrEqualTo(4);
      assertThat(fake.totalConnections()).isLessThanOrEqualTo(4);
    } finally {
      threads.shutdownNow();
    }
  }
}
