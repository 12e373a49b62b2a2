package dev.belay.benchmarks.demo;

import dev.belay.uazapi.UazapiClient;
import java.io.IOException;

/** The worker with Belay: one client, at most ten connections, closed at the end. */
public final class AfterWorker implements Sender {
  static final int CAP = 10;

  private final Job job;
  private final UazapiClient client;

  private AfterWorker(Job job) {
    this.job = job;
    client = UazapiClient.builder(job.url(), job.token()).maxConnections(CAP).build();
  }

  /** Started by the demo. */
  public static void main(String[] args) throws Exception {
    Worker.run(AfterWorker::new);
  }

  @Override
  public void send(int index) throws IOException {
    String number = job.number();
    if (number == null) {
      var unused = client.instance().status();
    } else {
      var unused = client.send().text(number, "message " + index).orThrow();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
