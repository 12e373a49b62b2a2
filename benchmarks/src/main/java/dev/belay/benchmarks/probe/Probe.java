package dev.belay.benchmarks.probe;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Points a Belay client at a server: {@code java -jar probe.jar --url http://localhost:8080/}.
 *
 * <p>Prints one line of JSON for each call, and a last one about pool, close and threads. Ends with
 * 0 when all calls were ok, with 1 when one failed, with 2 when the options are wrong.
 */
public final class Probe {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_OPTIONS = 2;

  private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z0-9-]*)(=.*)?");

  private Probe() {}

  /** Ends the JVM with the exit code. */
  public static void main(String[] args) throws Exception {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err)
      throws InterruptedException, ExecutionException {
    ProbeOptions options = new ProbeOptions();
    CommandLine commandLine = new CommandLine(options);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.registerConverter(Duration.class, new DurationText());
    try {
      var parsed = commandLine.parseArgs(args);
      if (parsed.isUsageHelpRequested()) {
        commandLine.usage(out);
        return OK;
      }
      options.check();
      try (Setup setup = Setup.of(options)) {
        return new ProbeRun(setup, options, out).run() ? OK : FAILED;
      }
    } catch (ParameterException e) {
      err.println(oneLine(messageOf(e)));
    } catch (WrongOptionException e) {
      err.println(oneLine(String.valueOf(e.getMessage())));
    }
    return WRONG_OPTIONS;
  }

  /** What is not an option is not shown: it may be the rest of a secret without quotes. */
  private static String messageOf(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage());
    }
    var matcher = OPTION.matcher(unmatched.getUnmatched().get(0));
    return matcher.matches()
        ? "there is no option " + matcher.group(1)
        : "there is an argument too much; values with blanks need quotes";
  }

  private static String oneLine(String message) {
    return "probe: " + message.replaceAll("\\R\\s*", " ");
  }
}
