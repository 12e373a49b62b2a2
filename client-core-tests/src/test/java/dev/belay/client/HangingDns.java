package dev.belay.client;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import okhttp3.Dns;

/**
 * Finds 127.0.0.1, but nothing for a host whose name begins with "fail". For one whose name begins
 * with "hang" it returns only when this is closed: until then no interrupt helps, as in the
 * platform's resolver.
 */
final class HangingDns implements Dns, Closeable {
  private static final long COMES = TimeUnit.SECONDS.toNanos(10);

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger hanging = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    asked.add(host);
    if (host.startsWith("hang")) {
      hang();
    }
    if (host.startsWith("fail")) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getLoopbackAddress());
  }

  private void hang() {
    int now = hanging.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    boolean ended = false;
    while (!ended) {
      try {
        end.await();
        ended = true;
      } catch (InterruptedException e) {
        ended = false;
      }
    }
    hanging.decrementAndGet();
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  /** How many have hung at a time. */
  int most() {
    return most.get();
  }

  void awaitHanging(int wanted) {
    await(() -> hanging.get() == wanted);
  }

  static void await(BooleanSupplier reached) {
    long until = System.nanoTime() + COMES;
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("it did not come");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    end.countDown();
  }
}
