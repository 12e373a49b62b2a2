package dev.belay.benchmarks.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one worker did, by itself and as its server saw it.
 *
 * @param server what the server counted, or null for a server that cannot be asked
 * @param mostByItself the most connections that the worker saw itself have open, by samples
 * @param timeline how its connections and descriptors went
 */
record Column(
    String name,
    WorkerResult worker,
    @Nullable ServerCount server,
    int mostByItself,
    List<Moment> timeline) {

  /**
   * What a server that is ours counted.
   *
   * @param mostConnections open at any one instant
   * @param leftOpen open 1 s after the worker closed what it can close
   * @param totalConnections accepted
   * @param messages taken
   */
  record ServerCount(int mostConnections, int leftOpen, int totalConnections, int messages) {}

  /**
   * One point of the chart.
   *
   * @param seconds since the worker was started
   * @param connections open at the server, or by the worker's own count where there is no other
   * @param descriptors of the worker
   */
  record Moment(double seconds, int connections, long descriptors) {}

  int mostConnections() {
    return server == null ? mostByItself : server.mostConnections();
  }

  int leftOpen() {
    return server == null ? worker.after().sockets() : server.leftOpen();
  }
}
