package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private static final int PORT = 443;
  private final Addresses addresses = new Addresses();

  private static InetAddress ip(int n) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, (byte) (n >> 8), (byte) n});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static InetSocketAddress at(int n) {
    return new InetSocketAddress(ip(n), PORT);
  }

  private List<InetAddress> order(int... found) {
    List<InetAddress> list = new ArrayList<>();
    for (int n : found) {
      list.add(ip(n));
    }
    return addresses.bestFirst(list, PORT);
  }

  @Test
  void what_has_not_failed_keeps_its_order() {
    addresses.failed(at(9));
    assertThat(order(3, 1, 2)).containsExactly(ip(3), ip(1), ip(2));
    assertThat(order()).isEmpty();
  }

  @Test
  void what_failed_comes_last_in_the_order_of_its_last_failure() {
    addresses.failed(at(1));
    addresses.failed(at(3));
    addresses.failed(at(2));
    addresses.failed(at(1));
    assertThat(order(1, 4, 2, 5, 3)).containsExactly(ip(4), ip(5), ip(3), ip(2), ip(1));
  }

  @Test
  void a_success_forgives() {
    addresses.failed(at(1));
    addresses.connected(at(1));
    assertThat(order(1, 2)).containsExactly(ip(1), ip(2));
  }

  @Test
  void another_port_is_another_address() {
    addresses.failed(new InetSocketAddress(ip(1), PORT + 1));
    assertThat(order(1, 2)).containsExactly(ip(1), ip(2));
  }

  @Test
  void a_thousand_failures_are_remembered_and_the_oldest_forgotten() {
    for (int n = 0; n <= 1_000; n++) {
      addresses.failed(at(n));
    }
    assertThat(order(0, 2_000)).containsExactly(ip(0), ip(2_000));
    assertThat(order(1, 2_000)).containsExactly(ip(2_000), ip(1));
    assertThat(order(1_000, 1)).containsExactly(ip(1), ip(1_000));
  }

  @Test
  void the_list_that_was_found_is_left_alone() {
    addresses.failed(at(1));
    List<InetAddress> found = List.of(ip(1), ip(2));
    assertThat(addresses.bestFirst(found, PORT)).containsExactly(ip(2), ip(1));
    assertThat(found).containsExactly(ip(1), ip(2));
  }

  @Test
  void threads_may_fail_and_succeed_at_the_same_time() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int shift = thread;
      all.add(threads.submit(() -> churn(shift)));
    }
    for (Future<?> one : all) {
      assertThat(one.get()).isNull();
    }
    threads.shutdown();
    for (int n = 0; n < 50; n++) {
      addresses.connected(at(n));
    }
    assertThat(order(2, 0, 1)).containsExactly(ip(2), ip(0), ip(1));
  }

  private void churn(int shift) {
    for (int i = 0; i < 5_000; i++) {
      addresses.failed(at((i + shift) % 50));
      assertThat(order(0, 1, 2)).containsExactlyInAnyOrder(ip(0), ip(1), ip(2));
      addresses.connected(at((i * 7 + shift) % 50));
    }
  }
}
