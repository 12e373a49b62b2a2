package dev.belay.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import okhttp3.Interceptor;

/** The order in which calls came to the queue of a pool, and the order in which they left it. */
final class ServiceOrder {
  private ServiceOrder() {}

  /** Both were noted under the lock of the pool, so no thread's delay can blur them. */
  record Served(long turn, long at) {}

  static Interceptor recordedIn(Queue<Served> served) {
    return chain -> {
      CallEntry call = Running.call();
      Lease lease = call == null ? null : call.heldLease();
      if (lease != null && lease.turn >= 0) {
        served.add(new Served(lease.turn, lease.heldSince()));
      }
      return chain.proceed(chain.request());
    };
  }

  /** How many later ones were served before the one that was overtaken most often. */
  static int mostOvertaken(Collection<Served> served) {
    List<Served> byTurn = served.stream().sorted(Comparator.comparingLong(Served::turn)).toList();
    int most = 0;
    for (int i = 0; i < byTurn.size(); i++) {
      Served one = byTurn.get(i);
      long overtakers =
          byTurn.subList(i + 1, Math.min(byTurn.size(), i + 1_000)).stream()
              .filter(later -> later.at() < one.at())
              .count();
      most = Math.max(most, (int) overtakers);
    }
    return most;
  }
}
