package dev.belay.client;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pool that is closed, or a deadline that passes, while calls come, wait, hold and leave. */
@Tag("endurance")
@Tag("interleaving")
class CloseInterleavingTest {
  @Test
  void a_close_ends_who_waits_and_who_holds_a_permit() {
    Interleavings.of(Permits.class);
  }

  @Test
  void a_close_ends_who_waits_for_a_connection_and_who_opens_one() {
    Interleavings.of(Connections.class);
  }

  @Test
  void a_call_that_begins_is_refused_or_ended_by_the_close() {
    Interleavings.of(Beginning.class);
  }

  @Test
  void a_response_that_nobody_closes_gives_its_place_back_at_its_deadline() {
    Interleavings.of(Leaked.class);
  }

  @Test
  void a_response_that_is_closed_late_gives_its_place_back_once() {
    Interleavings.of(ClosedLate.class);
  }

  @Test
  void a_response_that_is_closed_while_its_pool_is_gives_its_place_back_once() {
    Interleavings.of(ClosedTwice.class);
  }

  /** One has the permit, one waits for it, and the pool is closed. */
  public static class Permits extends Explored {
    private final PermitGate gate = permits(1);
    private final ExploredCall holder = holder(gate);
    private final ExploredCall waiter = waiter(gate);

    public Permits() {
      super(1);
    }

    @Operation
    public void holder_leaves() {
      holder.leave(true);
    }

    @Operation
    public void pool_closes() {
      close();
    }

    @Operation
    public void waiter_goes_through() {
      waiter.run();
    }
  }

  /** One has the connection, one waits for it, and the pool is closed. */
  public static class Connections extends Explored {
    private final ExploredCall holder = holder(pool.connections);
    private final ExploredCall waiter = waiter(pool.connections);

    public Connections() {
      super(1);
    }

    @Operation
    public void holder_leaves_a_place() {
      holder.leave(false);
    }

    @Operation
    public void pool_closes() {
      close();
    }

    @Operation
    public void waiter_goes_through() {
      waiter.run();
    }
  }

  /** Two calls begin, as users' calls do, in a pool with one place that is closed. */
  public static class Beginning extends Explored {
    public Beginning() {
      super(1);
    }

    @Operation
    public void one_begins() {
      call(pool.connections).run();
    }

    @Operation
    public void other_begins() {
      call(pool.connections).run();
    }

    @Operation
    public void pool_closes() {
      close();
    }
  }

  /** One has handed its response out, one waits for its place. */
  public abstract static class Late extends Explored {
    static final Duration SOON = Duration.ofSeconds(5);
    final ExploredCall response = holder(SOON, pool.connections);
    final ExploredCall waiter = waiter(pool.connections);

    Late() {
      super(1);
      response.handOut();
    }

    /** The waiter goes on waiting, and through. */
    @Operation
    public void waiter_goes_through() {
      waiter.run();
    }
  }

  /** The response is forgotten; its deadline passes. */
  public static class Leaked extends Late {
    @Operation
    public void deadline_passes() {
      sweepAt(SOON);
    }
  }

  /** The response is closed at the last moment. */
  public static class ClosedLate extends Late {
    @Operation
    public void deadline_passes() {
      sweepAt(SOON);
    }

    @Operation
    public void response_is_closed() {
      response.close();
    }
  }

  /** The response is closed while the pool is. */
  public static class ClosedTwice extends Late {
    @Operation
    public void pool_closes() {
      close();
    }

    @Operation
    public void response_is_closed() {
      response.close();
    }
  }
}
