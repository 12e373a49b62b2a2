package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of a test's own.
 *
 * @param home of its JDK
 */
record Jvm(Path home) {
  static final int FLOOR = 17;

  static Jvm running() {
    return new Jvm(Path.of(System.getProperty("java.home")));
  }

  /** One JDK of each version from 17 on that is installed beside the running one, and that. */
  static NavigableMap<Integer, Jvm> installed() throws IOException {
    NavigableMap<Integer, Jvm> found = new TreeMap<>();
    Path running = running().home;
    try (Stream<Path> siblings = Files.list(running.resolveSibling("."))) {
      for (Path home : siblings.sorted().toList()) {
        int version = versionOf(home);
        if (version >= FLOOR) {
          found.putIfAbsent(version, new Jvm(home));
        }
      }
    }
    found.put(Runtime.version().feature(), running());
    return found;
  }

  /** Zero for what is no JDK. */
  private static int versionOf(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isRegularFile(release)) {
      return 0;
    }
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.replaceAll("[^0-9.]", ""))
        .mapToInt(version -> Runtime.Version.parse(version.replaceAll("(\\.0)+$", "")).feature())
        .findFirst()
        .orElse(0);
  }

  /** The entries of this JVM's class path that have one of these in their names. */
  static List<Path> classPath(String... names) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> Stream.of(names).anyMatch(entry::contains))
        .map(Path::of)
        .toList();
  }

  Finished java(Collection<Path> classPath, Duration limit, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.add("-Xmx512m");
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.addAll(arguments);
    return run(command, Path.of("").toAbsolutePath(), Map.of(), limit);
  }

  /** Ends the program, if it has not ended by then, and fails. */
  static Finished run(
      List<String> command, Path folder, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("belay-jvm", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
            .as("%s ends within %s: %s", command, limit, Files.readString(output))
            .isTrue();
        return new Finished(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(output);
    }
  }

  /** How a program ended, and what it printed. */
  record Finished(int code, String output) {}
}
