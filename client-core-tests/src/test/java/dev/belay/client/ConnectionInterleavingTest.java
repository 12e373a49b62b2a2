package dev.belay.client;

import java.util.Objects;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls for a pool with one place: a connection is opened, lent, handed over, closed, evicted. */
@Tag("endurance")
@Tag("interleaving")
class ConnectionInterleavingTest {
  @Test
  void a_connection_that_is_handed_over_while_its_waiter_is_cancelled_is_not_lost() {
    Interleavings.of(HandedOver.class);
  }

  @Test
  void a_place_that_becomes_free_while_its_waiter_is_cancelled_is_not_lost() {
    Interleavings.of(Replaced.class);
  }

  @Test
  void a_connection_whose_call_is_cancelled_while_it_is_opened_leaves_its_place() {
    Interleavings.of(Opening.class);
  }

  @Test
  void a_connection_that_cannot_be_opened_leaves_its_place() {
    Interleavings.of(NoAddress.class);
  }

  @Test
  void an_idle_connection_is_used_or_evicted_and_never_both() {
    Interleavings.of(Evicted.class);
  }

  @Test
  void an_idle_connection_is_used_or_expires_and_never_both() {
    Interleavings.of(Idle.class);
  }

  @Test
  void a_place_that_becomes_free_when_the_wait_is_over_is_not_lost() {
    Interleavings.of(Expired.class);
  }

  @Test
  void a_head_that_begins_while_its_connection_is_closed_leaves_evidence_or_is_not_written() {
    Interleavings.of(HeadBegins.class);
  }

  /** One has the connection, one waits for it. */
  public abstract static class Scenario extends Explored {
    final ExploredCall holder = holder(pool.connections);
    final ExploredCall waiter = waiter(pool.connections);

    Scenario() {
      super(1);
    }

    /** The waiter goes on waiting, and through. */
    @Operation
    public void waiter_goes_through() {
      waiter.run();
    }
  }

  /** The holder's answer was read to its end. */
  public static class HandedOver extends Scenario {
    @Operation
    public void holder_leaves_a_connection() {
      holder.leave(true);
    }

    @Operation
    public void waiter_is_cancelled() {
      waiter.cancel();
    }
  }

  /** The holder's answer was not read to its end. */
  public static class Replaced extends Scenario {
    @Operation
    public void holder_leaves_a_place() {
      holder.leave(false);
    }

    @Operation
    public void waiter_is_cancelled() {
      waiter.cancel();
    }
  }

  /** The time is over for which one may wait. */
  public static class Expired extends Scenario {
    @Operation
    public void holder_leaves_a_connection() {
      holder.leave(true);
    }

    @Operation
    public void time_passes() {
      sweepAt(ExploredPool.MAX_WAIT);
    }
  }

  /** Two come to an empty pool; the one that gets the place is cancelled. */
  public static class Opening extends Explored {
    private final ExploredCall one = call(pool.connections);
    private final ExploredCall other = call(pool.connections);

    public Opening() {
      super(1);
    }

    @Operation
    public void one_goes_through() {
      one.run();
    }

    @Operation
    public void one_is_cancelled() {
      one.cancel();
    }

    @Operation
    public void other_goes_through() {
      other.run();
    }
  }

  /** The host has no address; each is told, and none is left behind. */
  public static class NoAddress extends Opening {
    public NoAddress() {
      crew.findNoAddress();
    }
  }

  /** An idle connection leads here; one wants to go here, one there. */
  public static class Evicted extends Explored {
    private final ExploredCall here = call(HERE, MINUTE, pool.connections);
    private final ExploredCall there = call(THERE, MINUTE, pool.connections);

    public Evicted() {
      super(1);
      holder(pool.connections).leave(true);
    }

    @Operation
    public void one_goes_here() {
      here.run();
    }

    @Operation
    public void one_goes_there() {
      there.run();
    }

    @Operation
    public void there_is_cancelled() {
      there.cancel();
    }
  }

  /** An idle connection has grown old when two want it. */
  public static class Idle extends Explored {
    private final ExploredCall one = call(pool.connections);
    private final ExploredCall other = call(pool.connections);

    public Idle() {
      super(1);
      holder(pool.connections).leave(true);
    }

    @Operation
    public void one_goes_through() {
      one.run();
    }

    @Operation
    public void other_goes_through() {
      other.run();
    }

    @Operation
    public void time_passes() {
      sweepAt(ExploredPool.IDLE_TIME);
    }
  }

  /** A cancel closes the connection on which the head of another request is about to be sent. */
  public static class HeadBegins extends Explored {
    private final ExploredCall call = holder(pool.connections);
    private final Carrier carrier = call.entry.lease().carrier();
    private final TrackedSocket socket = marked();

    public HeadBegins() {
      super(1);
      call.handOut();
    }

    private TrackedSocket marked() {
      return Objects.requireNonNull(carrier.mark()).socket();
    }

    @Operation
    public void head_begins() {
      expect(marked() == socket || socket.isShut(), "what is written is counted, or refused");
    }

    @Operation
    public void call_is_cancelled() {
      call.cancel();
    }
  }
}
