package dev.belay.testkit;

import java.nio.ByteOrder;
import java.util.regex.Pattern;

/**
 * One row of {@code /proc/net/tcp} or {@code tcp6}: see proc_pid_net(5) and the kernel's {@code
 * tcp_states.h}.
 */
record KernelSocket(String remoteAddress, int remotePort, int state, String inode) {

  static final int ESTABLISHED = 1;
  static final int SYN_SENT = 2;
  static final int CLOSE_WAIT = 8;

  private static final Pattern BLANKS = Pattern.compile(" +");
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  // Addresses are printed as 32-bit words in the machine's byte order.
  private static final String ONE = LITTLE_ENDIAN ? "01000000" : "00000001";
  private static final String FFFF = LITTLE_ENDIAN ? "FFFF0000" : "0000FFFF";
  private static final String IPV6_LOOPBACK = "0".repeat(24) + ONE;
  private static final String IPV4_IN_IPV6 = "0".repeat(16) + FFFF;

  static KernelSocket parse(String row) {
    String[] columns = BLANKS.split(row.strip(), 11);
    String[] remote = columns[2].split(":", -1);
    return new KernelSocket(
        remote[0], Integer.parseInt(remote[1], 16), Integer.parseInt(columns[3], 16), columns[9]);
  }

  boolean isToLoopback() {
    if (remoteAddress.equals(IPV6_LOOPBACK)) {
      return true;
    }
    boolean mapped = remoteAddress.startsWith(IPV4_IN_IPV6);
    String word = mapped ? remoteAddress.substring(IPV4_IN_IPV6.length()) : remoteAddress;
    return word.length() == 8 && (LITTLE_ENDIAN ? word.endsWith("7F") : word.startsWith("7F"));
  }
}
