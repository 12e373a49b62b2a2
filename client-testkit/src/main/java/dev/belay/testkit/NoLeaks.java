package dev.belay.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails exactly the test that leaves a connection open, whatever client it used, with the line that
 * opened it where a witness knows that line.
 *
 * <p>On a class, a method or a {@code @Nested} class; for every test of a run by JUnit's {@code
 * junit.jupiter.extensions.autodetection.enabled=true}. Options: {@link NoLeaksExtension#builder}.
 *
 * <p>Judged after the test's own {@code @AfterEach} methods, with 250 ms for what is being closed
 * elsewhere; what was opened before the first test of a class is judged after its {@code @AfterAll}
 * methods. A leak of a test that failed already is added to its failure as suppressed. What is
 * reported is closed, so that one leak fails one test. No garbage collection is involved.
 *
 * <ul>
 *   <li><b>Belay</b>: a pool, client, scope, call or response that is still open. What was open
 *       before the test began, such as a client that the whole class shares, is not its leak; a
 *       call or response on it is.
 *   <li><b>Any other client</b>: a connection to a {@link TestServer} or {@link Relay} of the test
 *       that the client still holds. An answer that nobody has read is always a leak. An idle
 *       connection is none where {@link Shared} says so, and of clients that cannot be closed: the
 *       keep-alive of {@code HttpURLConnection}, and {@code java.net.http} before JDK 21.
 * </ul>
 *
 * <p>Gives test methods, {@code @BeforeEach} and {@code @BeforeAll} methods parameters of type
 * {@link TestServer}, which answers 200 {@code ok} to everything, and {@link Relay}: of this test
 * or class alone, and closed after the verdict. The port of their own makes parallel runs exact.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NoLeaksExtension.class)
public @interface NoLeaks {

  /**
   * Says that tests here share clients that are not Belay's: idle connections may outlive a test.
   *
   * <p>On a class they are judged when the class ends; on a method they are not. An answer that
   * nobody has read is a leak nevertheless. A declaration that was not needed fails.
   */
  @Documented
  @Inherited
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface Shared {

    /**
     * Why it is right that they are open.
     *
     * @return a sentence for whoever reads the test; not empty
     */
    String reason();
  }
}
