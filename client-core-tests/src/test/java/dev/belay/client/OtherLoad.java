package dev.belay.client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How much of the machine other processes took since this was made. */
final class OtherLoad {
  private static final Path STATISTICS = Path.of("/proc/stat");
  private static final double NANOS_OF_TICK = 1e7;
  private static final int IDLE = 3;
  private static final int WAITING_FOR_DISKS = 4;

  private final double before = othersNanos();
  private final long start = System.nanoTime();

  OtherLoad() throws IOException {}

  /** In processors; 0 where nobody tells. */
  double processors() throws IOException {
    return (othersNanos() - before) / (System.nanoTime() - start);
  }

  private static double othersNanos() throws IOException {
    if (!Files.isReadable(STATISTICS)) {
      return 0;
    }
    String[] all = Files.readAllLines(STATISTICS).get(0).trim().split(" +");
    double[] ticks = Arrays.stream(all).skip(1).limit(8).mapToDouble(Double::parseDouble).toArray();
    double busy = Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[WAITING_FOR_DISKS];
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return busy * NANOS_OF_TICK - system.getProcessCpuTime();
  }
}
