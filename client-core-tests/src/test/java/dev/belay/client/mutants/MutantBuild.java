package dev.belay.client.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the core with a mistake in it, or none.
 *
 * <p>Always all of it: a mistake that changes a signature must fail here, and not as a missing
 * method in a test that would then seem to have noticed something.
 */
final class MutantBuild {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SOURCES = Path.of("client-core/src/main/java/dev");

  private MutantBuild() {}

  /**
   * @param classes the folder for them
   */
  static void compile(Mutant mutant, Path classes) throws IOException {
    List<String> options =
        List.of(
            "-d",
            Files.createDirectories(classes).toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-nowarn",
            "-g");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiles =
        compiler.getTask(messages, null, null, options, null, sources(mutant)).call();
    assertThat(compiles).as("%s compiles: %s", mutant, messages).isTrue();
  }

  private static List<JavaFileObject> sources(Mutant mutant) throws IOException {
    List<Path> files = files();
    assertThat(files).as("files that %s changes", mutant).containsAll(mutant.changes().keySet());
    List<JavaFileObject> sources = new ArrayList<>();
    for (Path file : files) {
      List<String> source = Files.readAllLines(ROOT.resolve(file));
      sources.add(new Source(file, String.join("\n", mutant.applyTo(file, source))));
    }
    return sources;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve(SOURCES))) {
      return all.filter(file -> file.toString().endsWith(".java")).map(ROOT::relativize).toList();
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Path file, String text) {
      super(URI.create("string:///" + file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
