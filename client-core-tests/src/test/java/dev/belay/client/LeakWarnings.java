package dev.belay.client;

import java.io.Closeable;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Counts the lines that Belay logs about lost responses instead of printing thousands of them, from
 * its creation to its close. Other lines pass.
 */
final class LeakWarnings implements Closeable {
  private static final Pattern LOGGERS = Pattern.compile("dev\\.belay\\.client\\.(call|leak)");

  private final PrintStream before = System.err;
  private final AtomicInteger count = new AtomicInteger();

  LeakWarnings() {
    System.setErr(new Counting(before, count));
  }

  int count() {
    return count.get();
  }

  @Override
  public void close() {
    System.setErr(before);
  }

  private static final class Counting extends PrintStream {
    private final AtomicInteger count;

    Counting(PrintStream out, AtomicInteger count) {
      super(out, true);
      this.count = count;
    }

    @Override
    public void println(String line) {
      if (line != null && LOGGERS.matcher(line).find()) {
        count.incrementAndGet();
      } else {
        super.println(line);
      }
    }
  }
}
