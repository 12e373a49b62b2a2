package dev.belay.benchmarks.demo;

import dev.belay.testkit.FakeUazapi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One worker against one server, from its start to its column. */
final class Round {
  static final Duration SHORTEST_ANSWER = Duration.ofMillis(20);
  static final Duration LONGEST_ANSWER = Duration.ofMillis(80);

  /** A receiver that is not assigned to anybody. */
  private static final String NOBODY = "5500900000002";

  private static final Duration LIMIT = Duration.ofSeconds(70);
  private static final Duration REMOTE_LIMIT = Duration.ofMinutes(10);

  private final String name;
  private final Class<?> main;
  private final PrintStream out;
  private final List<Column.Moment> timeline = new ArrayList<>();
  private final long start = System.nanoTime();
  private @Nullable WorkerResult result;
  private int openAfterClose;

  private Round(String name, Class<?> main, PrintStream out) {
    this.name = name;
    this.main = main;
    this.out = out;
  }

  static Column withFake(String name, Class<?> main, List<LoadPhase> phases, PrintStream out)
      throws IOException {
    // The answer times are the same in every run.
    try (FakeUazapi fake =
        FakeUazapi.builder()
            .answersWithin(SHORTEST_ANSWER, LONGEST_ANSWER)
            .random(new Random(1))
            .start()) {
      Round round = new Round(name, main, out);
      Job job = new Job(fake.url(), fake.token(), NOBODY, phases);
      WorkerResult result = round.run(job, fake, LIMIT);
      Column.ServerCount count =
          new Column.ServerCount(
              fake.mostConnections(),
              round.openAfterClose,
              fake.totalConnections(),
              fake.messages().size());
      return round.column(result, count);
    }
  }

  static Column withServer(String name, Class<?> main, Job job, PrintStream out)
      throws IOException {
    Round round = new Round(name, main, out);
    return round.column(round.run(job, null, REMOTE_LIMIT), null);
  }

  private WorkerResult run(Job job, @Nullable FakeUazapi fake, Duration limit) throws IOException {
    int total = LoadPhase.requestsOf(job.phases());
    try (Progress progress = Progress.of(name, total, out);
        ChildProcess child = ChildProcess.start(main, job)) {
      child.readLines(limit, line -> take(line, fake, progress));
    }
    if (result == null) {
      throw new IOException("the worker '" + name + "' ended without a result");
    }
    return result;
  }

  private void take(WorkerLine line, @Nullable FakeUazapi fake, Progress progress) {
    Sample sample = line.sample();
    if (sample != null) {
      int connections = fake == null ? sample.connections() : fake.openConnections();
      timeline.add(new Column.Moment(secondsSoFar(), connections, sample.descriptors()));
      progress.at(sample.done());
    }
    if (line.settled() && fake != null) {
      openAfterClose = fake.openConnections();
    }
    if (line.result() != null) {
      result = line.result();
    }
  }

  private double secondsSoFar() {
    return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private Column column(WorkerResult worker, Column.@Nullable ServerCount count) {
    int most = timeline.stream().mapToInt(Column.Moment::connections).max().orElse(0);
    return new Column(name, worker, count, most, List.copyOf(timeline));
  }
}
