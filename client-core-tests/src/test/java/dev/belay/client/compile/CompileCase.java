package dev.belay.client.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a user might write: a class with a method {@code run} that gets a client and a request.
 *
 * @param what the Javadoc of the class, which begins with "Right" or "Wrong"
 */
record CompileCase(String name, Path file, String source, String what) {
  static final Path FOLDER = Path.of("src/test/resources/compile").toAbsolutePath();
  private static final Pattern JAVADOC = Pattern.compile("/\\*\\* ((?:Right|Wrong)[^/]*) \\*/");

  static List<CompileCase> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> sources = files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
      return sources.stream().map(CompileCase::read).toList();
    }
  }

  private static CompileCase read(Path file) {
    try {
      String source = Files.readString(file);
      Matcher javadoc = JAVADOC.matcher(source);
      if (!javadoc.find()) {
        throw new IllegalStateException(file + " does not say what is right or wrong with it");
      }
      String name = file.getFileName().toString().replace(".java", "");
      return new CompileCase(name, file, source, javadoc.group(1).replaceAll("\\s+\\*?\\s*", " "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean wrong() {
    return what.startsWith("Wrong");
  }

  /** Whether its author has the annotations on the class path. */
  boolean annotated() {
    return source.contains("import com.google.errorprone.")
        || source.contains("import org.checkerframework.");
  }

  /** What the table calls it that a tool reports this case, or does not. */
  String verdict(boolean reported) {
    return wrong() ? reported ? "error" : "missed" : reported ? "false alarm" : "ok";
  }

  @Override
  public String toString() {
    return name;
  }
}
