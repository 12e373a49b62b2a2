package dev.belay.client;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls at a gate with one permit: one has it, and others wait for it or give up. */
@Tag("endurance")
@Tag("interleaving")
class PermitInterleavingTest {
  /** More than the mutants of these scenarios take, on every JDK. */
  private static final int MANY = 2_000;

  private static final int MOST = 10_000;

  @Test
  void a_permit_that_is_granted_while_its_waiter_is_cancelled_is_not_lost() {
    Interleavings.of(Cancelled.class, MOST);
  }

  @Test
  void a_permit_that_is_granted_while_its_waiter_looks_lets_it_in() {
    Interleavings.of(LetIn.class, MANY);
  }

  @Test
  void a_permit_that_is_granted_when_the_wait_is_over_is_not_lost() {
    Interleavings.of(Expired.class);
  }

  @Test
  void a_permit_that_two_give_back_is_one_permit() {
    Interleavings.of(GivenBackTwice.class);
  }

  /** What the scenarios share. */
  public abstract static class Scenario extends Explored {
    final PermitGate gate = permits(1);
    final ExploredCall holder = holder(gate);
    final ExploredCall waiter = waiter(gate);

    Scenario() {
      super(1);
    }

    /** The holder has done its work. */
    @Operation
    public void holder_leaves() {
      holder.leave(true);
    }

    /** The waiter goes on waiting, and through. */
    @Operation
    public void waiter_goes_through() {
      waiter.run();
    }
  }

  /** The waiter is cancelled. */
  public static class Cancelled extends Scenario {
    @Operation
    public void waiter_is_cancelled() {
      waiter.cancel();
    }
  }

  /** Another one comes. */
  public static class LetIn extends Scenario {
    private final ExploredCall another = call(gate);

    @Operation
    public void another_goes_through() {
      another.run();
    }
  }

  /** The time is over for which one may wait. */
  public static class Expired extends Scenario {
    @Operation
    public void time_passes() {
      sweepAt(ExploredPool.MAX_WAIT);
    }
  }

  /** A response that is closed by its user while it is cancelled. */
  public static class GivenBackTwice extends Explored {
    private final PermitGate gate = permits(1);
    private final ExploredCall response = holder(gate);
    private final ExploredCall waiter = waiter(gate);
    private final ExploredCall another = waiter(gate);

    public GivenBackTwice() {
      super(1);
      response.handOut();
    }

    @Operation
    public void response_is_closed() {
      response.close();
    }

    @Operation
    public void response_is_cancelled() {
      response.cancel();
    }

    @Operation
    public void waiter_goes_through() {
      waiter.run();
    }

    @Operation
    public void another_goes_through() {
      another.run();
    }
  }
}
