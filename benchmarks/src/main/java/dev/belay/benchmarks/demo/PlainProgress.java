package dev.belay.benchmarks.demo;

import java.io.PrintStream;
import java.util.Locale;

/** A line for each quarter that is done. */
final class PlainProgress implements Progress {
  private static final int LINES = 4;

  private final String task;
  private final int total;
  private final PrintStream out;
  private int said;

  PlainProgress(String task, int total, PrintStream out) {
    this.task = task;
    this.total = total;
    this.out = out;
  }

  @Override
  public void at(int done) {
    int quarters = done * LINES / total;
    if (quarters > said) {
      said = quarters;
      out.println(String.format(Locale.ROOT, "%s: %,d of %,d requests", task, done, total));
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
