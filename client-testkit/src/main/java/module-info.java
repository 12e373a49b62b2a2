import org.jspecify.annotations.NullMarked;

/**
 * Witnesses for tests of HTTP clients: servers that count what the other side really opened, and
 * the kernel's own view of this process.
 *
 * <p>Nothing here needs a particular HTTP client. {@code FakeUazapi} needs Jackson 3 ({@code
 * tools.jackson.databind}) at run time and {@code OkHttpLeaks} OkHttp; everything else runs on the
 * JDK alone.
 */
@NullMarked
@SuppressWarnings("requires-automatic") // ArchUnit has a name of its own, and no descriptor
module dev.belay.testkit {
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires static org.junit.platform.commons;
  requires static transitive org.assertj.core;
  requires static com.tngtech.archunit;
  requires static tools.jackson.databind;
  requires static dev.belay.client;
  requires static transitive okhttp3;
  requires java.management;
  requires static com.google.errorprone.annotations;
  requires static org.checkerframework.checker.qual;

  exports dev.belay.testkit;

  provides org.junit.jupiter.api.extension.Extension with
      dev.belay.testkit.NoLeaksExtension;

  opens dev.belay.testkit to
      org.junit.platform.commons;
}
