package dev.belay.benchmarks.demo;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.belay.client.BoundedPool;
import dev.belay.client.PoolSnapshot;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/**
 * What this process holds.
 *
 * @param sockets by the kernel's count, or where it cannot be asked, the connections of Belay
 * @param heapBytes the median of what three collections leave in use
 */
record Resources(long descriptors, int sockets, int threads, long heapBytes) {
  private static final int COLLECTIONS = 3;

  static Resources measure() {
    long[] heap = LongStream.generate(Resources::collect).limit(COLLECTIONS).sorted().toArray();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    int sockets = TcpSockets.open().orElseGet(Resources::connections);
    return new Resources(descriptorsInUse(), sockets, threads, heap[COLLECTIONS / 2]);
  }

  private static long collect() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The open connections of all pools of Belay in this process. */
  static int connections() {
    return BoundedPool.openPools().stream().mapToInt(PoolSnapshot::open).sum();
  }

  /** The open descriptors of this process; -1 where the system does not say. */
  static long descriptorsInUse() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return -1;
    }
    try {
      return unix.getOpenFileDescriptorCount();
    } catch (InternalError e) {
      // Counting takes a descriptor. When none is left, all that are allowed are in use.
      return unix.getMaxFileDescriptorCount();
    }
  }
}
