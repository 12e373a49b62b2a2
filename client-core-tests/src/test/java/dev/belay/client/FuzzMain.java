package dev.belay.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a JVM of its own, whose sockets are in memory: called by Jazzer with what it makes,
 * or on its own with the inputs that are kept. Public for Jazzer.
 */
public final class FuzzMain {
  /** The file for the results. */
  static final String RESULTS = "belay.fuzz.results";

  /** Set before the first input, by the thread that brings them all. */
  private static FuzzMain running;

  /** Threads of OkHttp, on which nobody of ours can catch anything. */
  private static final String NOT_OURS = "OkHttp ";

  private final FuzzedUse use;

  /** By kind, how many; also written by the threads that end with an exception. */
  private final Map<String, Integer> results = new ConcurrentSkipListMap<>();

  /** Written by whichever of our threads ends with an exception; read behind each input. */
  private volatile @Nullable Throwable uncaught;

  private FuzzMain(FuzzedUse use) {
    this.use = use;
    Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
  }

  private void uncaught(Thread thread, Throwable e) {
    if (thread.getName().startsWith(NOT_OURS)) {
      String place =
          e.getStackTrace().length == 0 ? "" : " in " + e.getStackTrace()[0].getMethodName();
      count("(on a thread of OkHttp: " + e.getClass().getSimpleName() + place + ")");
    } else {
      uncaught = e;
    }
  }

  private void count(String result) {
    int unused = results.merge(result, 1, Integer::sum);
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
    count(use.take(input));
    Throwable elsewhere = uncaught;
    if (elsewhere != null) {
      throw new AssertionError("on another thread", elsewhere);
    }
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
