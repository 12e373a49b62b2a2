package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.client.ManualPool.CountingWaker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenBodyTest {
  private static final int TIMES = 100_000;

  private final ManualPool pool = new ManualPool();
  private final AtomicInteger closes = new AtomicInteger();

  private final ResponseBody body =
      new ResponseBody() {
        @Override
        public @Nullable MediaType contentType() {
          return null;
        }

        @Override
        public long contentLength() {
          return 0;
        }

        @Override
        public BufferedSource source() {
          return new Buffer();
        }

        @Override
        public void close() {
          closes.incrementAndGet();
        }
      };

  private Exchange exchange() throws IOException {
    CallEntry call = pool.call(new CountingWaker(), Duration.ofMinutes(1));
    Lease lease = new Lease(pool.state.connections, call, Ticket.NEVER);
    Carrier carrier = new Carrier(lease, 0, pool.state.crew, pool.state.connections);
    lease.bind(carrier);
    Exchange exchange =
        new Exchange(call, lease, call.request, new Exchange.Bounds(Duration.ofMinutes(1), 1));
    exchange.opened(body);
    return exchange;
  }

  @Test
  void one_that_was_read_to_its_end_can_be_asked_for_more_while_its_connection_dies()
      throws Exception {
    Exchange exchange = exchange();
    exchange.traces.bodyEnds();
    ExecutorService host = Executors.newSingleThreadExecutor();
    Future<?> dying =
        host.submit(
            () -> {
              for (int i = 0; i < TIMES; i++) {
                exchange.leaveBodyBehind();
              }
            });
    host.shutdown();
    while (!dying.isDone()) {
      assertThat(exchange.takeBody()).isTrue();
      exchange.giveBackBody();
    }
    assertThat(dying.get()).isNull();
    assertThat(closes).hasValue(0);
  }

  @Test
  void one_that_nobody_reads_is_closed_when_its_connection_dies() throws IOException {
    exchange().leaveBodyBehind();
    assertThat(closes).hasValue(1);
  }

  @Test
  void one_that_is_read_is_closed_by_its_reader() throws IOException {
    Exchange exchange = exchange();
    assertThat(exchange.takeBody()).isTrue();
    exchange.leaveBodyBehind();
    assertThat(closes).hasValue(0);
    exchange.giveBackBody();
    assertThat(closes).hasValue(1);
  }
}
