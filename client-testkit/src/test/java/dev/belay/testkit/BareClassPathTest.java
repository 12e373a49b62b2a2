package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The testkit where nobody has brought AssertJ, OkHttp, Belay, ArchUnit or Jackson. */
class BareClassPathTest {
  private static final List<String> HIDDEN =
      List.of(
          "org.assertj.",
          "okhttp3.",
          "okio.",
          "dev.belay.client.",
          "com.tngtech.archunit.",
          "tools.jackson.");

  /** What is run there; public so that it can be found. */
  public static final class Assertions implements Runnable {
    @Override
    public void run() {
      try (TestServer server = TestServer.start(r -> Answer.of(200))) {
        LeakAssertions.assertThat(server).hasNoOpenConnections().hasOpened(0);
        LeakAssertions.assertNoGrowth(10, () -> {});
        new VirtualClock().advance(java.time.Duration.ofHours(1));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Fails with what is expected and not with what is missing. */
  public static final class Failure implements Runnable {
    @Override
    public void run() {
      try (TestServer server = TestServer.start(r -> Answer.of(200))) {
        LeakAssertions.assertThat(server).hasOpened(1);
      }
    }
  }

  /** About Belay, where there is none. */
  public static final class Pools implements Runnable {
    @Override
    public void run() {
      LeakAssertions.assertThatPools().hasNoOpenConnections();
    }
  }

  @Test
  void assertions_run_without_what_they_do_not_need() throws Exception {
    run(Assertions.class);
    assertThatThrownBy(() -> run(Failure.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("expected 1 opened connection, but 127.0.0.1:");
  }

  @Test
  void without_belay_an_assertion_on_its_pools_says_so() {
    assertThatThrownBy(() -> run(Pools.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("belay-client-core is not on the class path");
  }

  private static void run(Class<? extends Runnable> what) throws Exception {
    try (URLClassLoader bare = new Bare()) {
      Class<?> there = bare.loadClass(what.getName());
      assertThat(there).isNotSameAs(what);
      there.getMethod("run").invoke(there.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /** Defines everything itself, from the class path of this test. */
  private static final class Bare extends URLClassLoader {
    Bare() {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() {
      return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
          .map(Path::of)
          .map(Bare::url)
          .toArray(URL[]::new);
    }

    private static URL url(Path entry) {
      try {
        return entry.toUri().toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (HIDDEN.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name + " is hidden");
      }
      return super.findClass(name);
    }
  }
}
