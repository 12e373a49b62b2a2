package dev.belay.client;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The threads of a pool, on a machine that has none to give for a while. */
final class FewThreads implements Crew {
  private final Transport transport;
  private final Workers workers = new Workers("few workers", 1, this::start);
  private final Workers callbacks = new Workers("few callbacks", 1, this::start);

  /** Written by the test; counted down by whoever gets no thread. Null while there are threads. */
  private volatile @Nullable CountDownLatch refused;

  FewThreads(PoolSettings settings) {
    transport = new Transport(settings);
  }

  /** None from now on; counts who asks in vain. */
  CountDownLatch runOut() {
    CountDownLatch askedInVain = new CountDownLatch(1);
    refused = askedInVain;
    return askedInVain;
  }

  void recover() {
    refused = null;
  }

  private void start(Runnable task) {
    refuseIfNone();
    Thread thread = new Thread(task, "belay-few");
    thread.setDaemon(true);
    thread.start();
  }

  private void refuseIfNone() {
    CountDownLatch inVain = refused;
    if (inVain != null) {
      inVain.countDown();
      throw new OutOfMemoryError("unable to create native thread");
    }
  }

  @Override
  public Workers workers() {
    return workers;
  }

  @Override
  public Workers exchanges() {
    return callbacks;
  }

  @Override
  public Workers callbacks() {
    return callbacks;
  }

  @Override
  public Resolver resolver() {
    return transport.resolver();
  }

  @Override
  public void start(Carrier carrier) {
    refuseIfNone();
    transport.start(carrier);
  }

  @Override
  public boolean awaitHosts(long nanos) {
    return transport.awaitHosts(nanos);
  }

  @Override
  public int hosts() {
    return transport.hosts();
  }
}
