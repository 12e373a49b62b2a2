package dev.belay.benchmarks.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Runs the worker as it was and the worker with Belay against the same server, compares them, and
 * ends with 0 when everything that is claimed holds, 1 when not, 2 when the options are wrong.
 */
public final class Demo {
  static final int PASSED = 0;
  static final int FAILED = 1;
  static final int WRONG_OPTIONS = 2;

  private final DemoOptions options;
  private final PrintStream out;
  private final long start = System.nanoTime();

  private Demo(DemoOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Run by {@code mvn -q -Pdemo}, in the JVM of Maven, whose exit code becomes ours. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(System.getProperties(), System.out, System.err));
  }

  static int run(Properties properties, PrintStream out, PrintStream err) {
    try {
      DemoOptions options = DemoOptions.of(properties);
      return new Demo(options, out).run(folder(properties));
    } catch (DemoOptions.WrongOptionException e) {
      err.println("demo: " + e.getMessage());
      return WRONG_OPTIONS;
    } catch (IOException e) {
      err.println("demo: " + e.getMessage());
      return FAILED;
    }
  }

  private static Path folder(Properties properties) {
    String root = properties.getProperty("maven.multiModuleProjectDirectory", "");
    return Path.of(root, "target", "demo");
  }

  private int run(Path folder) throws IOException {
    Path json = folder.resolve("report.json");
    Path chart = folder.resolve("chart.png");
    Files.deleteIfExists(json);
    Files.deleteIfExists(chart);
    out.println("demo: " + options);
    List<Column> columns = options.url() == null ? withFake() : withServer();
    List<Verdict> verdicts = verdicts(columns);
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    DemoReport report = DemoReport.of(options, seconds, verdicts, columns);
    report.write(json);
    show(report);
    out.println("report: " + json);
    out.println("chart:  " + drawn(columns, chart));
    String word = report.passed() ? "passed" : "FAILED";
    out.println(String.format(Locale.ROOT, "demo: %s in %.0f s", word, seconds));
    return report.passed() ? PASSED : FAILED;
  }

  private void show(DemoReport report) {
    out.println();
    out.println(DemoTable.of(report.columns()));
    if (report.columns().size() > 1) {
      out.println("'before' has nothing to close: its connections were counted 1 s after its last");
      out.println("request. Server and workers ran on this machine, one worker after the other.");
      out.println();
    }
    report.verdicts().forEach(out::println);
    out.println();
  }

  /** A Java without fonts can prove everything but draw nothing. */
  private static String drawn(List<Column> columns, Path chart) throws IOException {
    try {
      DemoChart.write(columns, chart);
      return chart.toString();
    } catch (RuntimeException | LinkageError | InternalError e) {
      return "not drawn: " + e;
    }
  }

  private List<Column> withFake() throws IOException {
    Column before = Round.withFake("before", BeforeWorker.class, LoadPhase.ALL, out);
    return List.of(before, Round.withFake("after", AfterWorker.class, LoadPhase.ALL, out));
  }

  private List<Column> withServer() throws IOException {
    String url = options.url();
    String token = options.token();
    if (url == null || token == null) {
      throw new IllegalStateException("no server");
    }
    Job job = new Job(url, token, options.number(), LoadPhase.ALL);
    int requests = LoadPhase.requestsOf(job.phases());
    String what =
        job.number() == null ? "status requests, and no message" : "messages to " + job.number();
    out.println(String.format(Locale.ROOT, "demo: sends %,d %s", requests, what));
    return List.of(Round.withServer("after", AfterWorker.class, job, out));
  }

  private static List<Verdict> verdicts(List<Column> columns) {
    List<Verdict> verdicts = new ArrayList<>();
    if (columns.size() > 1) {
      verdicts.addAll(Verdict.ofBefore(columns.get(0)));
    }
    verdicts.addAll(Verdict.ofAfter(columns.get(columns.size() - 1)));
    return List.copyOf(verdicts);
  }
}
