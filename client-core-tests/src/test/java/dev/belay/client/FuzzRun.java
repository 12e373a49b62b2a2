package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A JVM whose sockets are in memory, below a folder for what it writes. */
record FuzzRun(Path folder) {
  private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.";

  /**
   * They look for code that makes something of what it reads: a connection, a file, a query. One of
   * them takes the socket in memory for such.
   */
  private static final List<String> DETECTORS =
      List.of(
          "BigDecimal",
          "ClojureLangHooks",
          "Deserialization",
          "ExpressionLanguageInjection",
          "FilePathTraversal",
          "LdapInjection",
          "NamingContextLookup",
          "OsCommandInjection",
          "ReflectiveCall",
          "RegexInjection",
          "RegexRoadblocks",
          "ScriptEngineInjection",
          "ServerSideRequestForgery",
          "SqlInjection",
          "TemplateInjection",
          "UnsafeSanitizer",
          "XPathInjection",
          "XmlParserSsrfGuidance");

  /** What reads answers; whatever only makes calls would cost time and tell nothing of them. */
  private static final List<String> WATCHED =
      List.of(
          "dev.belay.client.*",
          "dev.belay.uazapi.*",
          "okhttp3.internal.http.**",
          "okhttp3.internal.http1.**",
          "okhttp3.internal.http2.**",
          "okhttp3.Headers*",
          "okhttp3.HttpUrl*",
          "okhttp3.MediaType*",
          "okhttp3.Response*",
          "okio.GzipSource",
          "okio.InflaterSource",
          "okio.RealBufferedSource",
          "tools.jackson.core.json.*");

  /** It stays, because what was found is in it. */
  private static final Path SCRATCH = Path.of("target", "fuzz").toAbsolutePath();

  /** What became of the inputs that were made for a target. */
  static Map<String, Integer> of(FuzzTarget target) throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(SCRATCH);
    Path folder = Files.createTempDirectory(scratch, target.label() + "-");
    Map<String, Integer> results = new FuzzRun(folder).fuzz(target);
    assertThat(results.keySet()).as(results.toString()).noneMatch(k -> k.startsWith("left"));
    return results;
  }

  /** A run that found something says so and keeps the input; its output is in the message. */
  Map<String, Integer> fuzz(FuzzTarget target) throws IOException, InterruptedException {
    Path made = Files.createDirectories(folder.resolve("made"));
    Path results = folder.resolve("results");
    List<String> command = java();
    command.add("-D" + FuzzMain.RESULTS + "=" + results);
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzMain.class.getName());
    command.add("--target_args=" + target);
    command.add("--instrumentation_includes=" + String.join(":", WATCHED));
    command.add("--disabled_hooks=" + SANITIZERS + String.join(":" + SANITIZERS, DETECTORS));
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + File.separator);
    command.add("-runs=" + target.runs);
    command.add("-max_len=2048");
    command.add("-timeout=60");
    command.add(made.toString());
    command.add(target.corpus().toString());
    run(command, Duration.ofMinutes(14));
    return read(results);
  }

  /** Every input that is kept, with no fuzzer. */
  Map<FuzzTarget, Map<String, Integer>> replay() throws IOException, InterruptedException {
    List<String> command = java();
    command.add("-XX:TieredStopAtLevel=1"); // it ends before the second compiler would pay
    command.add(FuzzMain.class.getName());
    command.add(Files.createDirectories(folder).toString());
    run(command, Duration.ofSeconds(50));
    Map<FuzzTarget, Map<String, Integer>> results = new TreeMap<>();
    for (FuzzTarget target : FuzzTarget.values()) {
      results.put(target, read(folder.resolve(target.label())));
    }
    return results;
  }

  /** How many inputs gave these results; what happened on other threads is in brackets. */
  static long inputs(Map<String, Integer> results) {
    return results.entrySet().stream()
        .filter(result -> !result.getKey().startsWith("("))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  private void run(List<String> command, Duration limit) throws IOException, InterruptedException {
    Path log = folder.resolve("output");
    Process child =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended = child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(ended).as(log.toString()).isTrue();
      assertThat(child.exitValue()).as("%s: %s", log, tail(log)).isZero();
    } finally {
      int unused = child.destroyForcibly().waitFor();
    }
  }

  private static String tail(Path log) throws IOException {
    List<String> lines =
        Files.readAllLines(log).stream().filter(line -> !line.contains("Instrumented")).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 120), lines.size()));
  }

  private static Map<String, Integer> read(Path results) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (String line : Files.readAllLines(results)) {
      int end = line.lastIndexOf('=');
      counts.put(line.substring(0, end), Integer.valueOf(line.substring(end + 1)));
    }
    return counts;
  }
}
