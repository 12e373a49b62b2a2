package dev.belay.benchmarks.demo;

import dev.belay.benchmarks.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What both workers share: the job from standard input, the load, and lines on standard output.
 *
 * <p>A worker ends when its standard input does: when the demo has seen the result, and also when
 * the demo was killed.
 */
final class Worker {
  private static final Resources NOTHING = new Resources(0, 0, 0, 0);

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Function<Job, Sender> opener;

  private Worker(Function<Job, Sender> opener) {
    this.opener = opener;
  }

  static void run(Function<Job, Sender> opener) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String job = in.readLine();
    if (job == null) {
      return;
    }
    Thread watch = new Thread(() -> endWith(in), "parent-watch");
    watch.setDaemon(true);
    watch.start();
    new Worker(opener).work(Json.read(job, Job.class));
    watch.join();
  }

  private static void endWith(BufferedReader in) {
    try {
      while (in.read() >= 0) {
        // Nothing is expected but the end.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(0);
  }

  private void work(Job job) throws InterruptedException, IOException {
    rehearse();
    Resources before = Resources.measure();
    Sender sender = opener.apply(job);
    Load load = new Load(sender);
    Sampler sampler = Sampler.start(() -> sampleOf(load), s -> say(WorkerLine.of(s)));
    for (LoadPhase phase : job.phases()) {
      load.run(phase);
    }
    sender.close();
    boolean unused = new CountDownLatch(1).await(1, TimeUnit.SECONDS);
    sampler.close();
    say(WorkerLine.whenSettled());
    say(WorkerLine.of(load.result(before, Resources.measure())));
  }

  /**
   * Opens every jar and loads every class that the end of the work needs. A process that is out of
   * descriptors cannot open them later, and in one that is not they would count as growth.
   */
  private static void rehearse() throws InterruptedException, IOException {
    var unused = Collections.list(ClassLoader.getSystemResources("META-INF/MANIFEST.MF"));
    Load load =
        new Load(
            index -> {
              if (index > 0) {
                throw new IOException("rehearsal");
              }
            });
    load.run(new LoadPhase("rehearsal", 2, 1));
    for (WorkerLine line :
        List.of(
            WorkerLine.of(new Sample(0, Resources.descriptorsInUse(), 0)),
            WorkerLine.whenSettled(),
            WorkerLine.of(load.result(NOTHING, NOTHING)))) {
      String written = Json.line(line);
      if (written.isEmpty()) {
        throw new IOException("nothing to say");
      }
    }
  }

  private static Sample sampleOf(Load load) {
    return new Sample(load.done(), Resources.descriptorsInUse(), Resources.connections());
  }

  private void say(WorkerLine line) {
    out.println(Json.line(line));
  }
}
