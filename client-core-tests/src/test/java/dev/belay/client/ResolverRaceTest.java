package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.NoLeaks;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Many who ask for few things at a time, and of whom every other one leaves. */
@NoLeaks
class ResolverRaceTest {
  private static final int ASKERS = 16;
  private static final int ROUNDS = 400;
  private static final int HOSTS = 6;

  private final Resolver resolver = new Resolver("race");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger twice = new AtomicInteger();

  private String lookUp(String host) throws UnknownHostException {
    AtomicInteger same = running.computeIfAbsent(host, h -> new AtomicInteger());
    if (same.incrementAndGet() > 1) {
      twice.incrementAndGet();
    }
    most.accumulateAndGet(all.incrementAndGet(), Math::max);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
    all.decrementAndGet();
    same.decrementAndGet();
    if (host.endsWith("0")) {
      throw new UnknownHostException(host);
    }
    return host;
  }

  /** Returns how many answers came. */
  private int ask() throws Exception {
    int answers = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String host = "host" + ThreadLocalRandom.current().nextInt(HOSTS);
      Inquiry inquiry = new Inquiry();
      boolean leaves = ThreadLocalRandom.current().nextBoolean();
      Future<?> leaving = leaves ? threads.submit(inquiry::end) : null;
      try {
        String found = inquiry.ask(new Question<>(this, host, host, () -> lookUp(host)), resolver);
        assertThat(found).isEqualTo(host);
        answers++;
      } catch (SocketGate.NoPlaceException e) {
        assertThat(leaves).isTrue();
      } catch (IOException e) {
        assertThat(e).isInstanceOf(UnknownHostException.class).hasMessage("host0");
      }
      if (leaving != null) {
        assertThat(leaving.get(10, TimeUnit.SECONDS)).isNull();
      }
    }
    return answers;
  }

  @Test
  void each_gets_an_answer_or_leaves_and_no_host_is_asked_for_twice_at_a_time() throws Exception {
    List<Future<Integer>> askers = new ArrayList<>();
    for (int i = 0; i < ASKERS; i++) {
      askers.add(threads.submit(this::ask));
    }
    for (Future<Integer> asker : askers) {
      assertThat(asker.get(50, TimeUnit.SECONDS)).isPositive();
    }
    threads.shutdown();
    assertThat(twice).hasValue(0);
    assertThat(most.get()).isLessThanOrEqualTo(Resolver.MOST_THREADS);
    for (Thread thread : resolver.close()) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(resolver.running()).isEmpty();
  }
}
