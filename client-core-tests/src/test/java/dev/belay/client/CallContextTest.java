package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.belay.testkit.NoLeaks;
import dev.belay.testkit.TestServer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

@NoLeaks
class CallContextTest {
  private static final int ROUNDS = 20_000;

  private final ThreadLocal<String> tenant = new ThreadLocal<>();

  /** What our threads had before something was restored. */
  private final Set<String> before = ConcurrentHashMap.newKeySet();

  private final Set<String> handled = ConcurrentHashMap.newKeySet();

  @AfterEach
  void leave() {
    MDC.clear();
  }

  private CallContext tenants() {
    return () -> {
      String carried = tenant.get();
      return () -> {
        String last = tenant.get();
        before.add(String.valueOf(last));
        tenant.set(carried);
        return () -> tenant.set(last);
      };
    };
  }

  /** Sees what is there, and leaves something else. */
  private String handle() {
    handled.add(tenant.get() + " " + MDC.get("caller"));
    tenant.set("left");
    MDC.put("caller", "left");
    return "ok";
  }

  private void sendTwice(BelayClient client, TestServer server) throws Exception {
    tenant.set("acme");
    MDC.put("caller", "maker");
    for (int i = 0; i < 2; i++) {
      assertThat(
              client.sendAsync(Requests.get(server), response -> handle()).get(5, TimeUnit.SECONDS))
          .isEqualTo("ok");
    }
    assertThat(handled).containsExactly("acme maker");
    assertThat(before).containsExactly("null");
  }

  @Test
  void what_a_context_captured_goes_along_with_the_mdc(TestServer server) throws Exception {
    try (BelayClient client = BelayClient.builder().maxConnections(1).context(tenants()).build()) {
      sendTwice(client, server);
    }
  }

  /** Where a context can throw. */
  enum Thrower {
    CAPTURING {
      @Override
      CallContext.Captured capture() {
        throw new IllegalStateException("thrown by a context");
      }
    },
    RESTORING {
      @Override
      CallContext.Captured capture() {
        return () -> {
          throw new IllegalStateException("thrown by a context");
        };
      }
    },
    PUTTING_BACK {
      @Override
      CallContext.Captured capture() {
        return () ->
            () -> {
              throw new IllegalStateException("thrown by a context");
            };
      }
    };

    abstract CallContext.Captured capture();
  }

  @ParameterizedTest
  @EnumSource
  void a_context_that_throws_fails_no_call_and_leaves_the_others_to_do_theirs(
      Thrower thrower, TestServer server) throws Exception {
    try (LogLines logged = new LogLines()) {
      try (BelayClient client =
          BelayClient.builder()
              .maxConnections(1)
              .context(thrower::capture)
              .context(tenants())
              .context(thrower::capture)
              .build()) {
        sendTwice(client, server);
      }
      assertThat(logged.of("dev.belay.client.call")).isNotEmpty();
    }
  }

  @Test
  void a_call_that_its_caller_waits_for_captures_nothing(TestServer server) throws Exception {
    CallContext never =
        () -> {
          handled.add("captured");
          return () -> () -> {};
        };
    try (BelayClient client = BelayClient.builder().context(never).build()) {
      assertThat(client.send(Requests.get(server), Answers.text())).isEqualTo("ok");
    }
    assertThat(handled).isEmpty();
  }

  @Test
  void an_empty_mdc_allocates_nothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Contexts contexts = Contexts.of(List.of());
    long self = Thread.currentThread().getId();
    carry(contexts);
    long allocated = threads.getThreadAllocatedBytes(self);
    carry(contexts);
    allocated = threads.getThreadAllocatedBytes(self) - allocated;
    assertThat(allocated).isLessThan(ROUNDS); // less than a byte each: nothing but the asking
  }

  private static void carry(Contexts contexts) {
    for (int i = 0; i < ROUNDS; i++) {
      Contexts.putBack(Contexts.restore(contexts.capture()));
    }
  }
}
