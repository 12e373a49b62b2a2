package dev.belay.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a connection: the clients take turns, and the calls of each come in their order.
 * Guarded by its table's lock.
 */
final class WaitingLeases {
  /** In the order of their turns; whoever was served goes to the end. */
  private final Map<Node, ClientQueue> clients = new LinkedHashMap<>();

  /** How many others may be served before one whose turn it is. */
  private final int mostOvertakers;

  private int size;
  private long next;
  private long front;

  WaitingLeases(int mostOvertakers) {
    this.mostOvertakers = mostOvertakers;
  }

  void addLast(Lease lease) {
    add(lease, next++);
  }

  /** For a call that had its turn, and was given a connection that the server had closed. */
  void addFirst(Lease lease) {
    add(lease, --front);
  }

  private void add(Lease lease, long turn) {
    lease.turn = turn;
    queueOf(lease.client).add(lease);
    size++;
  }

  void remove(Lease lease) {
    ClientQueue queue = clients.get(lease.client);
    if (queue != null && queue.remove(lease)) {
      size--;
      if (queue.size() == 0) {
        clients.remove(lease.client);
      }
    }
  }

  /** Leaves the queue with a connection, and its client goes to the end of the line. */
  void served(Lease lease) {
    remove(lease);
    ClientQueue queue = clients.size() > 1 ? clients.remove(lease.client) : null;
    if (queue != null) {
      clients.put(lease.client, queue);
    }
  }

  /** Whose turn it is, of those that can be served. */
  @Nullable Lease due(Predicate<Lease> canBeServed) {
    for (ClientQueue queue : clients.values()) {
      Lease first = queue.first(canBeServed);
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  /**
   * Who may have a connection of this route: the one who is due, or else the next who can use it,
   * as long as that does not happen too often to those who have waited longer.
   */
  @Nullable Lease nextOf(Route route, Lease due) {
    if (due.route.equals(route)) {
      return due;
    }
    for (ClientQueue queue : clients.values()) {
      Lease same = queue.firstOf(route);
      if (same != null) {
        return mayOvertake(same, due) ? same : null;
      }
    }
    return null;
  }

  private boolean mayOvertake(Lease same, Lease due) {
    ClientQueue queue = queueOf(same.client);
    boolean stranger = same.client != due.client;
    // It has a first, because the same waits in it.
    Lease ahead = stranger ? Objects.requireNonNull(queue.first(any -> true)) : due;
    boolean overtakes = ahead != same;
    if ((overtakes && queue.overtakersOf(ahead) >= mostOvertakers)
        || (stranger && due.passedOver >= mostOvertakers)) {
      return false;
    }
    if (overtakes) {
      queue.overtake(ahead, same);
    }
    if (stranger) {
      due.passedOver++;
    }
    return true;
  }

  private ClientQueue queueOf(Node client) {
    return clients.computeIfAbsent(client, c -> new ClientQueue());
  }

  /** How many calls of this client wait. */
  int sizeOf(Node client) {
    ClientQueue queue = clients.get(client);
    return queue == null ? 0 : queue.size();
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }
}
