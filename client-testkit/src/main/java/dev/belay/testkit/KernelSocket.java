package dev.belay.testkit;

import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One row of {@code /proc/net/tcp} or {@code tcp6}: see proc_pid_net(5) and the kernel's {@code
 * tcp_states.h}.
 */
record KernelSocket(
    int localPort, String remoteAddress, int remotePort, int state, long received, String inode) {

  static final int ESTABLISHED = 1;
  static final int SYN_SENT = 2;
  static final int CLOSE_WAIT = 8;

  static final int LISTEN = 10;

  private static final List<String> STATES =
      List.of(
          "NEW",
          "ESTABLISHED",
          "SYN_SENT",
          "SYN_RECV",
          "FIN_WAIT1",
          "FIN_WAIT2",
          "TIME_WAIT",
          "CLOSE",
          "CLOSE_WAIT",
          "LAST_ACK",
          "LISTEN",
          "CLOSING",
          "NEW_SYN_RECV");

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
        Integer.parseInt(afterColon(columns[1]), 16),
        remote[0],
        Integer.parseInt(remote[1], 16),
        Integer.parseInt(columns[3], 16),
        Long.parseLong(afterColon(columns[4]), 16),
        columns[9]);
  }

  private static String afterColon(String column) {
    return column.substring(column.indexOf(':') + 1);
  }

  String stateName() {
    return state < STATES.size() ? STATES.get(state) : "state " + state;
  }

  /** The bytes that nobody has read. A FIN that nobody has read counts as one of the received. */
  long unread() {
    return state == CLOSE_WAIT && received > 0 ? received - 1 : received;
  }

  /** How a row names a port, at either end. */
  static String portInRow(int port) {
    return String.format(":%04X ", port);
  }

  Holding.Ports ports() {
    return new Holding.Ports(localPort, remotePort);
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
