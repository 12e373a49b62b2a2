package dev.belay.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What runs in a JVM of its own, whose sockets are in memory: called by Jazzer with what it makes,
 * or on its own with the inputs that are kept. Public for Jazzer.
 */
public final class FuzzMain {
  /** The file for the results. */
  static final String RESULTS = "belay.fuzz.results";

  /** Set before the first input, by the thread that brings them all. */
  private static FuzzMain running;

  private final FuzzedUse use;
  private final Map<String, Integer> results = new TreeMap<>();

  private FuzzMain(FuzzedUse use) {
    this.use = use;
  }

  /** Jazzer begins. */
  public static void fuzzerInitialize(String[] target) throws IOException {
    running = new FuzzMain(FuzzTarget.valueOf(target[0]).open(MemorySockets.install()));
  }

  /** Jazzer has made an input. What is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    running.take(input);
  }

  /** Jazzer has had enough. */
  public static void fuzzerTearDown() throws IOException {
    running.end(Path.of(System.getProperty(RESULTS)));
  }

  private void take(byte[] input) throws Exception {
    int unused = results.merge(use.take(input), 1, Integer::sum);
  }

  private void end(Path file) throws IOException {
    try (use) {
      StringBuilder text = new StringBuilder();
      results.forEach((result, n) -> text.append(result).append('=').append(n).append('\n'));
      Files.writeString(file, text + (use.left().isEmpty() ? "" : "left " + use.left() + "=1\n"));
    }
  }

  /** The inputs that are kept, of all targets; their results go to a file for each. */
  public static void main(String[] folder) throws Exception {
    MemorySockets sockets = MemorySockets.install();
    for (FuzzTarget target : FuzzTarget.values()) {
      FuzzMain main = new FuzzMain(target.open(sockets));
      try (DirectoryStream<Path> inputs = Files.newDirectoryStream(target.corpus())) {
        inputs.forEach(main::takeKept);
      }
      main.end(Path.of(folder[0]).resolve(target.label()));
    }
    Runtime.getRuntime().halt(0);
  }

  private void takeKept(Path input) {
    try {
      take(Files.readAllBytes(input));
    } catch (IOException e) {
      throw new UncheckedIOException(input.toString(), e);
    } catch (Exception | Error e) {
      throw new AssertionError(input.toString(), e);
    }
  }
}
