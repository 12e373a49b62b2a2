package dev.belay.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a test has left open, as it is reported. Texts may be empty where no witness
 * knows.
 *
 * @param what it is, since when, and who opened it
 * @param verdict why it is a leak, such as {@code unread answer}
 * @param place the line that opened it
 * @param remote the addresses of its connection
 * @param state what server and kernel see
 * @param remedy what to do
 */
record Leak(
    String what,
    String verdict,
    String place,
    String thread,
    String remote,
    String state,
    String remedy) {

  /** A line for each part that is known; what comes first names place and thread already. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("  " + what);
    add(lines, "verdict: ", verdict);
    add(lines, "connection: ", remote);
    add(lines, "state: ", state);
    add(lines, "", remedy);
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String title, String value) {
    if (!value.isEmpty()) {
      lines.add("    " + title + value);
    }
  }
}
