package dev.belay.uazapi;

import dev.belay.client.CallFailedException;
import dev.belay.client.Outcome;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not bring what was asked for.
 *
 * <p>Either the server answered, then there is an {@link #error()}; or there was no readable
 * answer, then the {@linkplain #getCause() cause} is the {@link CallFailedException}. An {@code
 * IOException} like that one, because both are what networks do and no misuse. The message does not
 * hold the token.
 */
public final class UazapiException extends IOException {
  private static final long serialVersionUID = 1;

  private final Outcome outcome;
  private final @Nullable UazapiError error;

  UazapiException(String doing, Verdict verdict) {
    super(doing + " failed: " + describe(verdict.error()));
    outcome = verdict.outcome();
    error = verdict.error();
  }

  UazapiException(String doing, IOException cause) {
    super(doing + " failed: " + cause.getMessage(), cause);
    outcome = cause instanceof CallFailedException failed ? failed.outcome() : Outcome.UNKNOWN;
    error = null;
  }

  private static String describe(UazapiError error) {
    String kind = error.getClass().getSimpleName() + ", HTTP " + error.status();
    return error.text().isEmpty() ? kind + " without a text" : kind + ", " + error.text();
  }

  /**
   * What the server answered.
   *
   * @return empty if there was no readable answer
   */
  public Optional<UazapiError> error() {
    return Optional.ofNullable(error);
  }

  /**
   * What the call may have done at the server.
   *
   * @return {@link Outcome#UNKNOWN} unless it is proven that it did nothing
   */
  public Outcome outcome() {
    return outcome;
  }
}
