package dev.belay.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.leaks.Jvm.Finished;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project of somebody who uses the testkit: its sources in the resources of this test, compiled
 * against the JUnit that it has.
 *
 * @param libraries JUnit's console, the testkit, and what else the project has
 * @param folder where it is compiled to
 */
record Project(List<Path> libraries, Path folder) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /**
   * Compiles a project.
   *
   * @param sources its folder among the resources
   * @param console the version of JUnit's console, whose jar has all of JUnit
   * @param more the folder of its other jars
   */
  static Project compiled(String sources, String console, Path folder, String... more)
      throws Exception {
    List<Path> libraries = new ArrayList<>();
    libraries.add(TARGET.resolve("consoles/junit-platform-console-standalone-" + console + ".jar"));
    libraries.add(testkit());
    for (String jars : more) {
      try (Stream<Path> files = Files.list(TARGET.resolve(jars))) {
        files.forEach(libraries::add);
      }
    }
    Project project = new Project(libraries, folder);
    project.compile(Path.of(Project.class.getResource("/" + sources + "/acme").toURI()));
    return project;
  }

  static Path testkit() {
    return Jvm.classPath("/client-testkit/", "/belay-client-testkit/").get(0);
  }

  private Path classes() {
    return folder.resolve("target/test-classes");
  }

  private void compile(Path sources) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--release=17", "-proc:none", "-d", classes().toString(), "-cp", path()));
    try (Stream<Path> files = Files.list(sources)) {
      files.map(Path::toString).forEach(arguments::add);
    }
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(code).isZero();
  }

  private String path() {
    return libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Runs one test class by JUnit's console launcher. */
  Finished console(String test, String detector) throws IOException, InterruptedException {
    List<Path> classPath = new ArrayList<>(libraries);
    classPath.add(classes());
    return Jvm.running()
        .java(
            classPath,
            LIMIT,
            List.of(
                "-XX:TieredStopAtLevel=1",
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--select-class=acme." + test,
                "--config=belay.leaks=" + detector,
                "--config=belay.leaks.report=" + folder.resolve("leaks.json")));
  }

  /** Runs one test class by Surefire, with Maven offline. */
  Finished surefire(String test, String detector, String jupiter) throws Exception {
    Path pom = folder.resolve("pom.xml");
    if (!Files.exists(pom)) {
      Files.copy(Path.of(Project.class.getResource("/project/pom.xml").toURI()), pom);
    }
    return Jvm.run(
        List.of(
            Path.of(System.getProperty("belay.maven.home"), "bin", "mvn").toString(),
            "--batch-mode",
            "--offline",
            "-Dmaven.repo.local=" + System.getProperty("belay.maven.repository"),
            "-Djupiter=" + jupiter,
            "-Dtestkit=" + testkit(),
            "-Dleaks=" + detector,
            "-Dtest=" + test,
            "surefire:test"),
        folder,
        Map.of("JAVA_HOME", System.getProperty("java.home")),
        LIMIT);
  }
}
