package dev.belay.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.Answer;
import dev.belay.testkit.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named module that requires {@code dev.belay.client}, compiled and run as one. */
class ModulePathTest {
  private static final String[] NEEDED = {
    "client-core", "okhttp-jvm", "okio-jvm", "kotlin-stdlib", "resilience4j", "slf4j", "jspecify"
  };

  @TempDir Path folder;

  @Test
  void it_makes_calls_from_a_named_module() throws Exception {
    String modules =
        ClassPath.ofThisTest().with(NEEDED).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path compiled = folder.resolve("classes");
    compile(modules, compiled);
    try (TestServer server = TestServer.start(r -> Answer.of(200, "ok"))) {
      assertThat(run(modules + File.pathSeparator + compiled, server.url("/")))
          .containsSubsequence("ok", "ok", "module dev.belay.modular module dev.belay.client");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  private static void compile(String modules, Path compiled) throws Exception {
    Path sources = Path.of(ModulePathTest.class.getResource("/modular").toURI());
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--release=17",
                "-Xlint:all,-options,-classfile",
                "-Werror",
                "--module-path=" + modules,
                "--class-path=" + sources, // else it is the one of this test
                "-d",
                compiled.toString(),
                sources.resolve("module-info.java").toString(),
                sources.resolve("dev/belay/modular/Main.java").toString());
    assertThat(code).isZero();
  }

  private String run(String modules, String url) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path=" + modules,
                "--module=dev.belay.modular/dev.belay.modular.Main",
                url)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }
}
