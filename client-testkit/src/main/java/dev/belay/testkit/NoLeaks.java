package dev.belay.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that leaves a pool, a client, a scope, a call or a response of Belay open, with the
 * line that opened it.
 *
 * <p>Judged after the test's own {@code @AfterEach} methods. What was open before the test began,
 * such as a client that the whole class shares, is not its leak. While the test runs, the stack of
 * every opener in this JVM is taken. A leak of a test that failed already is added to its failure
 * as suppressed.
 *
 * <p>Also gives test methods a {@link TestServer} parameter: a server of their own that answers 200
 * {@code ok} to everything, closed after the verdict.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NoLeaksExtension.class)
public @interface NoLeaks {}
