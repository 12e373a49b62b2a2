package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathTest {
  private static final List<String> WHAT_A_CONSUMER_HAS =
      List.of(
          "client-core", "belay-client-core", "okhttp-jvm", "okio", "kotlin-stdlib", "jspecify");

  @Test
  void a_module_that_uses_belay_needs_no_annotations_of_tools(@TempDir Path out)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-p", modulePath(), "-d", out.toString(), "-Xlint:all,-requires-automatic", "-Werror");
    List<JavaFileObject> sources =
        List.of(
            new Source("module-info", "module consumer { requires dev.belay.client; }"),
            new Source(
                "consumer/Main",
                "package consumer; class Main { String call(okhttp3.Request request)"
                    + " throws java.io.IOException {"
                    + " try (var client = dev.belay.client.BelayClient.builder().build()) {"
                    + " return client.send(request, dev.belay.client.Answers.text()); } } }"));
    boolean compiles = compiler.getTask(messages, null, null, options, null, sources).call();
    assertThat(compiles).as(messages.toString()).isTrue();
  }

  private static String modulePath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> WHAT_A_CONSUMER_HAS.stream().anyMatch(entry::contains))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
