package dev.belay.client;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged until this is closed; the simple logger of the tests writes to standard error. */
final class LogLines implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  LogLines() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  List<String> of(String logger) {
    return bytes.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains(logger)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
