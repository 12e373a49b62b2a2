package dev.belay.benchmarks.demo;

import dev.belay.benchmarks.Json;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A worker in a JVM of its own, which never outlives this one: it is killed when this JVM ends in
 * an orderly way, and ends by itself, with its standard input, when this JVM is killed.
 */
final class ChildProcess implements Closeable {
  /** The class path for workers, where it is not the one of this JVM; Maven's is not. */
  static final String CLASS_PATH = "belay.demo.classpath";

  static final int DESCRIPTOR_LIMIT = 256;

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Process process;
  private final Thread hook;

  private ChildProcess(Process process) {
    this.process = process;
    hook = new Thread(process::destroyForcibly, "kill-worker");
  }

  static ChildProcess start(Class<?> main, Job job) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(main));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    ChildProcess child = new ChildProcess(builder.start());
    try {
      Runtime.getRuntime().addShutdownHook(child.hook);
      child.give(job);
      return child;
    } catch (IOException | IllegalStateException e) {
      // Without a hook, because this JVM is ending already, or without a job.
      child.process.destroyForcibly();
      throw e;
    }
  }

  private static List<String> command(Class<?> main) {
    String classPath = System.getProperty(CLASS_PATH, System.getProperty("java.class.path"));
    return List.of(
        "sh",
        "-c",
        "ulimit -n " + DESCRIPTOR_LIMIT + " && exec \"$@\"",
        "sh",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", // the second compiler would compete with the server for too long
        "-cp",
        classPath,
        main.getName());
  }

  private void give(Job job) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((Json.line(job) + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Hands on every line of the worker until it has said its result, ended, or used its time. */
  void readLines(Duration limit, Consumer<WorkerLine> target) throws IOException {
    CompletableFuture<Process> ended =
        process.onExit().orTimeout(limit.toSeconds(), TimeUnit.SECONDS);
    var unused = ended.whenComplete((done, late) -> process.destroyForcibly());
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !isLast(line, target)) {
        line = out.readLine();
      }
    }
  }

  /** Hands a line on, unless it is one of the JVM's own warnings, which it writes among ours. */
  private static boolean isLast(String line, Consumer<WorkerLine> target) {
    if (!line.startsWith("{")) {
      return false;
    }
    WorkerLine read = Json.read(line, WorkerLine.class);
    target.accept(read);
    return read.result() != null;
  }

  /** Lets the worker end by itself, and ends it if it does not. */
  @Override
  public void close() throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.flush();
    } finally {
      awaitEnd();
      process.destroyForcibly();
      removeHook();
    }
  }

  private void awaitEnd() {
    try {
      boolean unused = process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeHook() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending, and the hook with it.
    }
  }
}
