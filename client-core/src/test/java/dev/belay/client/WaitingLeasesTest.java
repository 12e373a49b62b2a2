package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.ManualPool.CountingWaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitingLeasesTest {
  private static final int MOST = 3;
  private final ManualPool pool = new ManualPool();
  private final WaitingLeases waiting = new WaitingLeases(MOST);
  private final Map<Lease, Integer> overtaken = new HashMap<>();
  private int most;

  private Lease lease(Node client, String host) {
    CallEntry call =
        pool.call(new CountingWaker(), Duration.ofMinutes(1), client, "http://" + host + ".test/");
    return new Lease(pool.state.connections, call, Ticket.NEVER);
  }

  private Node client(String name) {
    return pool.state.open("client", name, pool.state.node);
  }

  private List<String> order(int most) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Lease due = waiting.due(any -> true);
      if (due != null) {
        names.add(due.client.name + due.route.origin().host().charAt(0));
        waiting.served(due);
      }
    }
    return names;
  }

  @Test
  void clients_take_turns_whatever_the_length_of_their_queues() {
    Node busy = client("busy");
    Node quiet = client("quiet");
    for (int i = 0; i < 4; i++) {
      waiting.addLast(lease(busy, "x"));
    }
    waiting.addLast(lease(quiet, "x"));
    waiting.addLast(lease(quiet, "y"));
    assertThat(order(9)).containsExactly("busyx", "quietx", "busyx", "quiety", "busyx", "busyx");
  }

  @Test
  void scopes_share_the_turn_of_their_client() {
    Node busy = client("busy");
    for (String name : List.of("one", "two", "three")) {
      waiting.addLast(lease(pool.state.open("scope", name, busy), "x"));
    }
    waiting.addLast(lease(client("quiet"), "x"));
    assertThat(order(9)).containsExactly("busyx", "quietx", "busyx", "busyx");
  }

  @Test
  void who_cannot_be_served_is_passed_and_stays_first() {
    Node client = client("c");
    waiting.addLast(lease(client, "full"));
    waiting.addLast(lease(client, "other"));
    Lease due = waiting.due(lease -> !lease.route.origin().host().startsWith("full"));
    assertThat(due).isNotNull();
    assertThat(due.route.origin().host()).isEqualTo("other.test");
    assertThat(order(2)).containsExactly("cf", "co");
  }

  @Test
  void nobody_is_overtaken_more_often_than_allowed_by_later_calls_of_the_same_client() {
    Random random = new Random(42);
    List<Node> clients = List.of(client("a"), client("b"), client("c"));
    for (int step = 0; step < 20_000; step++) {
      if (random.nextBoolean() && waiting.size() < 60) {
        Lease lease = lease(clients.get(random.nextInt(3)), random.nextBoolean() ? "x" : "y");
        waiting.addLast(lease);
        overtaken.put(lease, 0);
      } else {
        serveOne(lease(clients.get(0), random.nextInt(10) == 0 ? "y" : "x").route);
      }
    }
    assertThat(most).isEqualTo(MOST);
  }

  private void serveOne(Route idle) {
    Lease due = waiting.due(any -> true);
    if (due == null) {
      return;
    }
    Lease next = waiting.nextOf(idle, due);
    Lease served = next == null ? due : next;
    waiting.served(served);
    most = Math.max(most, overtaken.remove(served));
    overtaken.replaceAll(
        (lease, times) ->
            lease.client == served.client && lease.turn < served.turn ? times + 1 : times);
  }
}
