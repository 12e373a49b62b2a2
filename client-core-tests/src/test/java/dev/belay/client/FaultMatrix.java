package dev.belay.client;

import dev.belay.testkit.Fault;
import dev.belay.testkit.FaultServer;
import java.io.Closeable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Protocol;

/** Every fault in every way in which it can be called, several at a time. */
final class FaultMatrix implements Closeable {
  private static final List<String> METHODS = List.of("GET", "POST");
  private static final Map<String, Fault> FAULTS =
      Arrays.stream(Fault.values()).collect(Collectors.toMap(Fault::label, Function.identity()));

  /** One for each way, so that no two cells share a port. */
  private final Map<String, FaultServer> servers = new LinkedHashMap<>();

  /** Has no fault, whatever else is under way. */
  private final FaultServer well = FaultServer.start();

  private final long bodyLimit;
  private final X509TrustManager trust = well.trustManager();
  private final SSLContext context;

  /**
   * @param bodyLimit of the clients; twice as much on the wire
   */
  FaultMatrix(long bodyLimit) throws GeneralSecurityException {
    this.bodyLimit = bodyLimit;
    context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, null);
    for (String method : METHODS) {
      for (FaultCell.Over over : FaultCell.Over.values()) {
        boolean secure = over == FaultCell.Over.TLS;
        servers.put(method + over, secure ? FaultServer.startSecure() : FaultServer.start());
      }
    }
  }

  /** The first handshake of a JVM takes as long as some faults. */
  void warmUp() throws IOException {
    for (FaultCell.Over over : FaultCell.Over.values()) {
      FaultServer server = Objects.requireNonNull(servers.get(METHODS.get(0) + over));
      Fault fault = over == FaultCell.Over.H2 ? Fault.H2_GOAWAY_AFTER : Fault.CONN_CLOSE;
      try (BelayClient client = builder(over).build()) {
        client.send(Requests.get(server.healthyUrl(fault)), Answers.discard());
      }
    }
  }

  /** By the names of the faults; the table has to have the same. */
  static List<FaultCell> cells() {
    Stream<FaultCell> ours =
        Arrays.stream(Fault.values()).flatMap(fault -> cells(fault.label(), over(fault.layer())));
    Stream<FaultCell> others =
        MockPlace.names().flatMap(name -> cells(name, List.of(FaultCell.Over.CLEAR)));
    return Stream.concat(ours, others).toList();
  }

  private static List<FaultCell.Over> over(Fault.Layer layer) {
    return switch (layer) {
      case CONNECTION, HTTP_1 -> List.of(FaultCell.Over.CLEAR, FaultCell.Over.TLS);
      case TLS -> List.of(FaultCell.Over.TLS);
      case HTTP_2 -> List.of(FaultCell.Over.H2);
    };
  }

  private static Stream<FaultCell> cells(String name, List<FaultCell.Over> over) {
    return METHODS.stream()
        .flatMap(method -> over.stream().map(one -> new FaultCell(name, method, one)));
  }

  /**
   * Calls all of them.
   *
   * @param patient how many at once of those that do nothing but wait for a time-out
   * @param busy how many at once of the others
   */
  Map<FaultCell, FaultEnding> run(Map<FaultCell, FaultRow> cells, int patient, int busy)
      throws Exception {
    ExecutorService waiting = Executors.newFixedThreadPool(patient);
    ExecutorService working = Executors.newFixedThreadPool(busy);
    try {
      Map<FaultCell, Future<FaultEnding>> running = new LinkedHashMap<>();
      cells.forEach(
          (cell, row) ->
              running.put(
                  cell,
                  (row.isSlow() ? waiting : working).submit(() -> run(cell, row.nextHere()))));
      Map<FaultCell, FaultEnding> endings = new LinkedHashMap<>();
      for (Map.Entry<FaultCell, Future<FaultEnding>> one : running.entrySet()) {
        endings.put(one.getKey(), one.getValue().get());
      }
      return endings;
    } finally {
      List<Runnable> unused = waiting.shutdownNow();
      unused = working.shutdownNow();
    }
  }

  private FaultEnding run(FaultCell cell, boolean nextHere) throws Exception {
    try (FaultPlace place = place(cell)) {
      String elsewhere = well.healthyUrl(Fault.CONN_CLOSE);
      return new FaultCall(cell, place, elsewhere, builder(cell.over())).run(nextHere);
    }
  }

  private FaultPlace place(FaultCell cell) throws IOException {
    Fault fault = FAULTS.get(cell.fault());
    if (fault == null) {
      return MockPlace.of(cell.fault());
    }
    FaultServer server = Objects.requireNonNull(servers.get(cell.method() + cell.over()));
    return FaultPlace.OfServer.at(server, fault);
  }

  private BelayClientBuilder builder(FaultCell.Over over) {
    BelayClientBuilder builder =
        BelayClient.builder().maxBodyBytes(bodyLimit).maxWireBytes(2 * bodyLimit);
    return switch (over) {
      case CLEAR -> builder;
      case TLS -> builder.tls(context.getSocketFactory(), trust);
      case H2 -> builder.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    };
  }

  @Override
  public void close() {
    List<FaultServer> all = new ArrayList<>(servers.values());
    all.add(well);
    all.forEach(FaultServer::close);
  }
}
