package dev.belay.benchmarks.probe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. What is null is left to the defaults of the client. */
@Command(
    name = "probe",
    sortOptions = false,
    description = "Makes calls through a Belay client and prints a line of JSON for each.")
final class ProbeOptions {
  /** RFC 9110 section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  @Option(names = "--url", required = true, description = "Where to send.")
  String url = "";

  @Option(names = "--method", description = "The method. Default: ${DEFAULT-VALUE}.")
  String method = "GET";

  @Option(names = "--body-bytes", description = "The length of the request's body.")
  @Nullable Long bodyBytes;

  @Option(names = "--header", description = "'Name: value'. Repeatable.")
  List<String> headers = new ArrayList<>();

  @Option(names = "--secret-header", description = "Like --header, never shown. Repeatable.")
  List<String> secretHeaders = new ArrayList<>();

  @Option(names = "--count", description = "Calls in all. Default: ${DEFAULT-VALUE}.")
  int count = 1;

  @Option(
      names = "--threads",
      description = "Callers, each with one call at a time. Default: ${DEFAULT-VALUE}.")
  int threads = 1;

  @Option(names = "--mode", description = "send, async, open or call. Default: send.")
  Mode mode = Mode.SEND;

  @Option(names = "--cap", description = "The most connections. Default: the client's, 10.")
  @Nullable Integer cap;

  @Option(names = "--idle", description = "How long connections may be idle, as 500ms or PT2S.")
  @Nullable Duration idle;

  @Option(names = "--deadline", description = "The total time of a call.")
  @Nullable Duration deadline;

  @Option(names = "--attempts", description = "The most attempts, the first included.")
  @Nullable Integer attempts;

  @Option(names = "--idempotent", description = "Declares that requests may be repeated.")
  boolean idempotent;

  @Option(
      names = "--close-after",
      description = "Closes the client while calls run, as close() does, with 5 s for these.")
  @Nullable Duration closeAfter;

  @Option(names = "--leak", description = "Leaves so many responses open; mode open or call.")
  int leak;

  @Option(names = "--ca", description = "A PEM file; its certificates are trusted, no others.")
  @Nullable Path ca;

  @Option(names = "--h2", description = "Offers HTTP/2.")
  boolean h2;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  boolean help;

  void check() throws WrongOptionException {
    require(count >= 1, "--count must be at least 1, but is " + count);
    require(threads >= 1, "--threads must be at least 1, but is " + threads);
    require(leak >= 0, "--leak must be at least 0, but is " + leak);
    require(leak == 0 || mode.handsOut(), "--leak needs --mode open or call");
    require(bodyBytes == null || bodyBytes >= 0, "--body-bytes must be at least 0");
    require(closeAfter == null || !closeAfter.isNegative(), "--close-after must not be negative");
    require(TOKEN.matcher(method).matches(), "--method must be a method such as POST");
  }

  private static void require(boolean holds, String message) throws WrongOptionException {
    if (!holds) {
      throw new WrongOptionException(message);
    }
  }
}
