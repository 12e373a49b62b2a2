package dev.belay.client;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Map;

/** Runs the whole table of faults once, eight calls at a time, and prints what was measured. */
final class FaultMatrixMain {
  /** Those that wait take no memory while they do. */
  private static final int PATIENT = 5;

  private static final int BUSY = 3;
  private static final long BODY_LIMIT = 1 << 20;
  private static final long MEBIBYTE = 1 << 20;

  private FaultMatrixMain() {}

  public static void main(String[] args) throws Exception {
    Map<FaultCell, FaultRow> table = FaultTable.read();
    try (FaultMatrix matrix = new FaultMatrix(BODY_LIMIT)) {
      matrix.warmUp();
      Map<FaultCell, FaultEnding> endings = matrix.run(table, PATIENT, BUSY);
      endings.forEach(FaultMatrixMain::refuseUntyped);
      long asExpected =
          endings.entrySet().stream()
              .filter(one -> table.get(one.getKey()).differences(one.getValue()).isEmpty())
              .count();
      System.out.printf(
          "%d cells, %d of them as in the table; at most %d MiB of heap%n",
          endings.size(), asExpected, mostHeap() / MEBIBYTE);
    }
    System.exit(0); // MockWebServer may leave threads that stall
  }

  /** An error that a caller got, be it for want of memory, ends this JVM with another code. */
  private static void refuseUntyped(FaultCell cell, FaultEnding ending) {
    if (ending.failure() != null && !(ending.failure() instanceof CallFailedException)) {
      throw new AssertionError(cell + " threw", ending.failure());
    }
  }

  private static long mostHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
