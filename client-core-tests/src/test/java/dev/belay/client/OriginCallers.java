package dev.belay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers of several origins: the first gets 70 % of the calls, the others the same share each. */
record OriginCallers(int callers, List<String> urls) {
  private static final double SHARE_OF_FIRST = 0.7;

  interface Sender {
    void send(String url) throws Exception;
  }

  /** Makes so many calls, each caller one after another, in an order that is the same each time. */
  double rate(int calls, Sender sender) throws Exception {
    AtomicInteger left = new AtomicInteger(calls);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Future<?>> done = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < callers; i++) {
        Random random = new Random(i);
        done.add(threads.submit(() -> callWhile(left, random, sender)));
      }
      for (Future<?> each : done) {
        Object unused = each.get();
      }
      return calls * 1e9 / (System.nanoTime() - start);
    } finally {
      threads.shutdownNow();
    }
  }

  private Void callWhile(AtomicInteger left, Random random, Sender sender) throws Exception {
    while (left.getAndDecrement() > 0) {
      int other = urls.size() == 1 ? 0 : 1 + random.nextInt(urls.size() - 1);
      sender.send(urls.get(random.nextDouble() < SHARE_OF_FIRST ? 0 : other));
    }
    return null;
  }
}
