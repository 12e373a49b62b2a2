package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.ManualPool.CountingWaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A place that is on its way from a call back to its gate belongs to that call. */
class GoingBackTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final ManualPool pool = new ManualPool();

  /** Lets two in, and tells what it is like while one of them comes back. */
  private static final class SlowGate implements Gate {
    private int free = 2;
    private Runnable meanwhile = () -> {};

    @Override
    public Phase phase() {
      return Phase.POOL;
    }

    @Override
    public boolean passesOn() {
      return true;
    }

    @Override
    public Ticket enter(CallEntry call) {
      Ticket ticket = new Ticket(this, call, Ticket.NEVER);
      if (free > 0) {
        free--;
        assertThat(ticket.grant()).isTrue();
      }
      return ticket;
    }

    @Override
    public void takeBack(Ticket ticket, boolean clean) {
      meanwhile.run();
      free++;
    }

    @Override
    public void forget(Ticket ticket) {}

    @Override
    public void expire(Ticket ticket) {}
  }

  private CallEntry callIn(CallEntry outer) {
    CallEntry before = Running.enter(outer);
    try {
      return pool.call(new CountingWaker(), MINUTE);
    } finally {
      Running.leave(before);
    }
  }

  @Test
  void who_waits_for_it_does_not_wait_for_himself() throws Exception {
    SlowGate gate = new SlowGate();
    CallEntry outer = pool.call(new CountingWaker(), MINUTE);
    CallEntry leaving = pool.call(new CountingWaker(), MINUTE);
    outer.enter(gate);
    leaving.enter(gate);
    CallEntry inner = callIn(outer);
    assertThat(inner.outer).isSameAs(outer);
    long unused = pool.state.nested.incrementAndGet();
    inner.enter(gate);
    gate.meanwhile = () -> Reentrance.refuseWhatWaitsForItself(pool.state);
    leaving.end(null);
    assertThat(inner.ticket()).isNotNull().extracting(Ticket::isWaiting).isEqualTo(true);
    Reentrance.refuseWhatWaitsForItself(pool.state);
    assertThat(inner.ticket()).extracting(Ticket::isWaiting).isEqualTo(false);
  }
}
