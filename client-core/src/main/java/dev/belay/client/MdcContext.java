package dev.belay.client;

import java.util.Map;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** The MDC of SLF4J. Most threads have nothing in it, and then nothing is allocated. */
final class MdcContext implements CallContext {
  private static final Captured EMPTY =
      () -> {
        Map<String, String> before = ofThisThread();
        if (before.isEmpty()) {
          return MDC::clear; // code of the call may leave something behind
        }
        MDC.clear();
        return () -> MDC.setContextMap(before);
      };

  /** Whether whoever logs here has an MDC at all. */
  static boolean isThere() {
    return !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);
  }

  private static Map<String, String> ofThisThread() {
    Map<String, String> copy = MDC.getCopyOfContextMap();
    return copy == null ? Map.of() : copy;
  }

  @Override
  public Captured capture() {
    Map<String, String> carried = ofThisThread();
    return carried.isEmpty() ? EMPTY : () -> restore(carried);
  }

  private static Runnable restore(Map<String, String> carried) {
    Map<String, String> before = ofThisThread();
    MDC.setContextMap(carried);
    return before.isEmpty() ? MDC::clear : () -> MDC.setContextMap(before);
  }

  @Override
  public String toString() {
    return "MDC";
  }
}
