package dev.belay.client.compile;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The compiler of the JDK alone, all its warnings on and counted as errors. */
final class PlainJavac {
  private PlainJavac() {}

  /**
   * Compiles cases.
   *
   * @param more sources beside them
   * @return what it has to say; empty if it is content
   */
  static String messages(List<CompileCase> cases, List<Path> more, List<String> options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("-proc:none", "-Xlint:all", "-Werror"));
    all.addAll(options);
    List<Path> sources = new ArrayList<>(more);
    cases.forEach(each -> sources.add(each.file()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(messages, files, null, all, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      return compiles ? messages.toString() : "does not compile: " + messages;
    }
  }
}
