package dev.belay.client;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A call and its driver. A wake-up that never comes leaves the driver waiting, which the checker
 * reports; parked like a thread of production it would be woken by chance.
 */
final class ExploredCall implements Waker {
  /** Named to listeners, and never asked anything. A real one would lead to all of OkHttp. */
  private static final Call NAME =
      (Call)
          Proxy.newProxyInstance(
              Call.class.getClassLoader(), new Class<?>[] {Call.class}, (p, m, args) -> null);

  final CallEntry entry;
  private final Explored explored;
  private final Gate[] way;
  private final Ends ends = new Ends();

  /** Guarded by the monitor of this, a lock that the checker knows and need not look into. */
  private boolean woken;

  /** Written by the driver, read in the end: why it was not let in. */
  private volatile @Nullable CallFailedException failure;

  ExploredCall(Explored explored, Request request, Duration deadline, Gate... way) {
    this.explored = explored;
    this.way = way;
    UserEvents events = new UserEvents(ends, NAME, Contexts.NOTHING);
    CallTerms terms = new CallTerms(true, false, deadline, RetryPolicy.DEFAULT, null);
    CallEntry.Start start =
        new CallEntry.Start(
            explored.pool.node, request, wiring(explored), Secrets.NONE, terms, events, null);
    entry = new CallEntry(start, explored.pool, this, way.length);
    explored.pool.add(entry);
  }

  private static Wiring wiring(Explored explored) {
    Wiring.Net net = new Wiring.Net(null, Dns.SYSTEM, List.of(explored.protocol), false);
    return new Wiring(Wiring.DEFAULT.trust, net, List.of(), Wiring.DEFAULT.timeouts);
  }

  /** Counts what the listener of a user would hear. */
  private static final class Ends extends EventListener {
    private final AtomicInteger heard = new AtomicInteger();

    @Override
    public void callEnd(Call call) {
      heard.incrementAndGet();
    }

    @Override
    public void callFailed(Call call, IOException e) {
      heard.incrementAndGet();
    }
  }

  // Anybody.

  @Override
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  @Override
  public void wake(Executor thread) {
    wake();
  }

  @Override
  public boolean isThread() {
    return true;
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  void cancel() {
    boolean unused = entry.cut(new Cut.Cancelled("cancelled"));
  }

  // Before the operations, and after them.

  void arrive() {
    explored.expect(advances(), "a free place is given at once");
    use();
  }

  void queue() {
    explored.expect(!advances(), "a place is not given twice");
  }

  private boolean advances() {
    try {
      return advance();
    } catch (CallFailedException e) {
      explored.expect(false, "a queue with room refuses nobody: " + e);
      return false;
    }
  }

  void check() {
    explored.expect(ends.heard.get() == 1, "a call ends once, not " + ends.heard + " times");
    CallFailedException told = failure;
    boolean cut = entry.cut() != null || !explored.isOpen();
    explored.expect(told == null || cut || explored.explains(told), "for no reason: " + told);
  }

  // The driver.

  /** Goes through, uses what it got, and leaves. */
  void run() {
    try {
      while (!advance()) {
        await();
      }
      use();
      leave(true);
    } catch (CallFailedException e) {
      failure = e;
      entry.end(e);
    }
  }

  private boolean advance() throws CallFailedException {
    while (entry.mayGoOn()) {
      if (entry.stage() == way.length) {
        return true;
      }
      entry.enter(way[entry.stage()]);
    }
    return false;
  }

  private synchronized void await() {
    try {
      while (!woken) {
        wait();
      }
      woken = false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void use() {
    for (Gate gate : way) {
      if (gate instanceof PermitGate permits) {
        explored.enter(gate, permits.limit());
      } else {
        Carrier carrier = entry.lease().carrier();
        explored.crew.connect(carrier);
        explored.enter(entry.lease().passage(), 1);
        explored.enter(carrier, carrier.isMultiplexed() ? Integer.MAX_VALUE : 1);
      }
    }
  }

  private void stopUsing() {
    for (Gate gate : way) {
      if (gate instanceof PermitGate) {
        explored.leave(gate);
      } else {
        explored.leave(entry.lease().carrier());
        explored.leave(entry.lease().passage());
      }
    }
  }

  /** Its work is done; clean when the answer was read to its end. */
  void leave(boolean clean) {
    stopUsing();
    finish(clean);
  }

  private void finish(boolean clean) {
    entry.giveBack(0, clean);
    entry.end(null);
  }

  /** The response is in the hands of a user, who may be late: its place can be taken away. */
  void handOut() {
    entry.handedOut = true;
    stopUsing();
  }

  /** The user closes the response. */
  void close() {
    finish(entry.cut() == null);
  }
}
