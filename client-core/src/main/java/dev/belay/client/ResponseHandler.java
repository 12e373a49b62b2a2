package dev.belay.client;

import java.io.IOException;
import okhttp3.Response;
import org.checkerframework.checker.mustcall.qual.NotOwning;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer into a value while its connection is leased.
 *
 * <p>Sees every status; {@link Answers} has handlers that accept 2xx only. The response is closed
 * when the handler returns or throws, so it need not be closed here, and cannot be used afterwards.
 *
 * @param <T> what the answer is turned into
 */
@FunctionalInterface
public interface ResponseHandler<T extends @Nullable Object> {
  /**
   * Reads the answer.
   *
   * @param response lent, with its body not read yet
   * @return the value that the call returns
   * @throws IOException reading failed, as a {@link CallFailedException}, or the handler's own;
   *     both reach the caller as they are
   */
  @SuppressWarnings("exports") // an annotation for tools, which a consumer need not have
  T handle(@NotOwning Response response) throws IOException;
}
