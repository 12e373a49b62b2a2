package dev.belay.client.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What looks for leaks at compile time, run with the settings that the document tells users.
 *
 * <p>In a JVM of its own, since it needs packages of the compiler that this one does not open.
 */
enum LeakTool {
  ERROR_PRONE("error_prone_core", "error_prone_core-with-dependencies.jar", "MustBeClosedChecker"),
  CHECKER_FRAMEWORK(
      "checker", "checker.jar", "required\\.method\\.not\\.called|type\\.arguments?[a-z.]*");

  private static final Path JARS = Path.of("target/compile-tools");
  private static final int MINUTES = 2;

  private final String artifact;
  private final String jar;
  private final Pattern error;

  LeakTool(String artifact, String jar, String kinds) {
    this.artifact = artifact;
    this.jar = jar;
    error =
        Pattern.compile(
            "(?m)^(\\w+)\\.java:\\d+:\\d+: compiler\\.err\\.\\S+ \\[(" + kinds + ")].*");
  }

  /** The cases that it reports for a leak. Anything else that it reports fails. */
  Set<String> reports(List<CompileCase> cases, String classPath, Path work) throws Exception {
    String output = run(command(cases, classPath, work), work.resolve(name() + ".txt"));
    List<MatchResult> errors = error.matcher(output).results().toList();
    assertThat(output).as(name()).contains("\n" + errors.size() + " errors");
    Set<String> names = new TreeSet<>();
    errors.forEach(found -> names.add(found.group(1)));
    return names;
  }

  private List<String> command(List<CompileCase> cases, String classPath, Path work)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-J-Xmx512m"));
    command.addAll(List.of("-XDrawDiagnostics", "-d", work.toString(), "-cp", classPath));
    command.addAll(
        List.of("-processorpath", JARS.resolve(jar) + File.pathSeparator + qualifiers()));
    CompileTimeDocument document = CompileTimeDocument.read();
    for (String argument : document.elements("arg", artifact)) {
      command.add(argument.replace("${project.basedir}", CompileCase.FOLDER.toString()));
    }
    for (String processor : document.elements("annotationProcessor", artifact)) {
      command.addAll(List.of("-processor", processor));
    }
    cases.forEach(each -> command.add(each.file().toString()));
    return command;
  }

  /** Maven brings them along with the checker, which cannot start without. */
  private static String qualifiers() {
    return UserPath.of("checker-qual");
  }

  private static String run(List<String> command, Path output) throws Exception {
    Process javac =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(javac.waitFor(MINUTES, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
    } finally {
      javac.destroyForcibly();
    }
    return Files.readString(output);
  }
}
