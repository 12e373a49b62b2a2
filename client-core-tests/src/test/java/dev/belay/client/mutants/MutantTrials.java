package dev.belay.client.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.client.mutants.MutantRun.Ending;
import dev.belay.client.mutants.OneTestMain.Verdict;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tries several mutants at a time. Not for several threads. */
final class MutantTrials implements Closeable {
  private static final int LEAVING_SECONDS = 10;

  private final Path work;

  /** One more than can run: a mutant is often noticed by waiting for what does not come. */
  private final ExecutorService atATime =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1);

  /** The core as it is, built by the first task, so that no task waits for a later one. */
  private final Future<Path> sound;

  /** By test, how it ends on the core as it is. */
  private final Map<String, Future<Ending>> onSound = new HashMap<>();

  MutantTrials(Path work) {
    this.work = work;
    sound = atATime.submit(() -> build(Mutant.NONE));
  }

  /** A trial that is under way. */
  record Trial(Mutant mutant, Future<Ending> onSound, Future<Ending> onMutant) {
    /**
     * A test that is red without the mutant has not noticed it, and one that is skipped neither.
     */
    void expectCaught() throws Throwable {
      Ending without = await(onSound);
      assumeTrue(without.verdict() != Verdict.SKIPPED, "its test is not run here");
      assertThat(without.verdict())
          .as("%s without %s: %s", mutant.test(), mutant.name(), without)
          .isEqualTo(Verdict.PASSED);
      Ending with = await(onMutant);
      assertThat(with.verdict())
          .as("%s with %s: %s", mutant.test(), mutant, with)
          .isIn(Verdict.FAILED, mutant.hangs() ? Verdict.HANGS : Verdict.FAILED);
    }

    private static Ending await(Future<Ending> run) throws Throwable {
      try {
        return run.get();
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    }
  }

  Trial begin(Mutant mutant) {
    Future<Ending> without =
        onSound.computeIfAbsent(
            mutant.test(), test -> atATime.submit(() -> MutantRun.run(test, sound.get(), false)));
    Future<Ending> with =
        atATime.submit(() -> MutantRun.run(mutant.test(), build(mutant), mutant.hangs()));
    return new Trial(mutant, without, with);
  }

  private Path build(Mutant mutant) throws IOException {
    Path classes = work.resolve(mutant.name());
    MutantBuild.compile(mutant, classes);
    return classes;
  }

  /** Ends what runs. */
  @Override
  public void close() {
    atATime.shutdownNow();
    try {
      boolean unused = atATime.awaitTermination(LEAVING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
