package dev.belay.benchmarks.demo;

import java.io.Closeable;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;

/** Says how far something is. Used by one thread. */
interface Progress extends Closeable {

  /** So many are done, no fewer than before. */
  void at(int done);

  @Override
  void close();

  /** A bar where somebody watches, plain lines where a log is kept. */
  static Progress of(String task, int total, PrintStream out) {
    return isWatched(hasTerminal(), System.getenv())
        ? new TerminalProgress(task, total)
        : new PlainProgress(task, total, out);
  }

  /** From Java 22 there may be a console without a terminal, and it can be asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasTerminal() {
    Console console = System.console();
    try {
      return console != null
          && Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  static boolean isWatched(boolean terminal, Map<String, String> environment) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return terminal && !dumb && environment.getOrDefault("CI", "").isBlank();
  }
}
