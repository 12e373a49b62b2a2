package dev.belay.client;

import java.time.Duration;
import okhttp3.Protocol;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that share a connection: one of them ends badly, or they all begin at the same time. */
@Tag("endurance")
@Tag("interleaving")
class Http2InterleavingTest {
  @Test
  void a_stream_that_is_cancelled_leaves_the_connection_to_those_beside_it() {
    Interleavings.of(Cancelled.class);
  }

  @Test
  void a_connection_on_which_one_got_no_answer_ends_after_those_beside_it_and_leaves_its_place() {
    Interleavings.of(Silent.class);
  }

  @Test
  void calls_that_begin_together_open_one_connection() {
    Interleavings.of(Burst.class);
  }

  @Test
  void a_close_ends_all_that_share_a_connection() {
    Interleavings.of(Closed.class);
  }

  /** One has handed its response out, and there is one place. */
  public abstract static class Shared extends Explored {
    static final Duration SOON = Duration.ofSeconds(5);
    final ExploredCall response = holder(SOON, pool.connections);
    private final ExploredCall one = call(pool.connections);
    private final ExploredCall other = call(pool.connections);

    Shared() {
      super(1, Protocol.H2_PRIOR_KNOWLEDGE);
      response.handOut();
    }

    @Operation
    public void one_goes_through() {
      one.run();
    }

    @Operation
    public void other_goes_through() {
      other.run();
    }
  }

  /** Its user has lost interest. */
  public static class Cancelled extends Shared {
    @Operation
    public void response_is_cancelled() {
      response.cancel();
    }

    @Override
    int mostOpened() {
      return 1;
    }
  }

  /** Its deadline passes. */
  public static class Silent extends Shared {
    @Operation
    public void deadline_passes() {
      sweepAt(SOON);
    }

    @Override
    int mostOpened() {
      return 2;
    }
  }

  /** Three calls to where nobody has been. */
  public static class Burst extends Explored {
    private final ExploredCall[] calls = {
      call(pool.connections), call(pool.connections), call(pool.connections)
    };

    public Burst() {
      super(3, Protocol.H2_PRIOR_KNOWLEDGE);
    }

    @Operation
    public void one_goes_through() {
      calls[0].run();
    }

    @Operation
    public void another_goes_through() {
      calls[1].run();
    }

    @Operation
    public void third_goes_through() {
      calls[2].run();
    }

    @Override
    int mostOpened() {
      return 1;
    }
  }

  /** The pool is closed meanwhile. */
  public static class Closed extends Shared {
    @Operation
    public void pool_closes() {
      close();
    }
  }
}
