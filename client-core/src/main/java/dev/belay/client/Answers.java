package dev.belay.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Ready handlers. Each accepts 2xx only and throws {@link UnexpectedStatusException} for the rest.
 *
 * <p>None of them leaves anything to close. Bodies are limited by {@link
 * BelayClientBuilder#maxBodyBytes}. All are stateless and safe for use by several threads.
 */
public final class Answers {
  /** How much of the body of an unexpected answer is kept. */
  static final int ERROR_BODY = 64 * 1024;

  private static final int MULTIPLE_CHOICES = 300;
  private static final int OK = 200;

  private Answers() {}

  /**
   * The body as text, in the charset of its content type, else UTF-8.
   *
   * @return a handler
   */
  public static ResponseHandler<String> text() {
    return ok(response -> body(response).string());
  }

  /**
   * The body as bytes.
   *
   * @return a handler
   */
  public static ResponseHandler<byte[]> bytes() {
    return ok(response -> body(response).bytes());
  }

  private static ResponseBody body(Response response) throws IOException {
    if (response.body() instanceof LeasedBody leased) {
      leased.lease.refuseTooLarge();
    }
    return response.body();
  }

  /**
   * Nothing; the body is not read. A small one is drained, so that its connection can be reused.
   *
   * @return a handler that returns null
   */
  @SuppressWarnings("NullAway") // it does not see that the type argument of a lambda is nullable
  public static ResponseHandler<@Nullable Void> discard() {
    return ok(response -> null);
  }

  /**
   * The body in a file, which appears whole or not at all: it is written beside the target and
   * moved. It is a new file: where files have POSIX permissions only its owner may read and write
   * it, whatever was there before.
   *
   * @param target the file to create or replace; its directory exists
   * @return a handler that returns the target
   */
  public static ResponseHandler<Path> toFile(Path target) {
    return ok(response -> write(response, target));
  }

  private static Path write(Response response, Path target) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, "." + target.getFileName(), ".part");
    try {
      try (Sink sink = Okio.sink(part)) {
        long unused = response.body().source().readAll(sink);
      }
      return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * What another handler makes of a 2xx answer.
   *
   * @param <T> what the answer is turned into
   * @param handler called for 2xx only
   * @return a handler
   */
  public static <T extends @Nullable Object> ResponseHandler<T> ok(ResponseHandler<T> handler) {
    return response -> {
      if (response.code() < OK || response.code() >= MULTIPLE_CHOICES) {
        throw unexpected(response);
      }
      return handler.handle(response);
    };
  }

  private static UnexpectedStatusException unexpected(Response response) {
    if (response.body() instanceof LeasedBody leased) {
      CallEntry call = leased.lease.call();
      String masked = call.mask(beginning(response, ERROR_BODY + call.secrets.longest()));
      return Failures.unexpected(call, response.code(), cut(masked));
    }
    String body = beginning(response, ERROR_BODY);
    Duration wait = RetryAfter.of(response.headers());
    Outcome outcome = Failures.outcomeOf(response.code(), wait != null);
    return new UnexpectedStatusException(
        "status " + response.code(),
        new Circumstances(outcome, Phase.BODY, 1, Duration.ZERO, response.code(), wait),
        body);
  }

  private static String cut(String text) {
    return text.length() > ERROR_BODY ? text.substring(0, ERROR_BODY) : text;
  }

  /** An error body that cannot be read tells less, but the status is what failed the call. */
  private static String beginning(Response response, int most) {
    try {
      BufferedSource source = response.body().source();
      source.request(most);
      MediaType type = response.body().contentType();
      long length = Math.min(most, source.getBuffer().size());
      var charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
      return source
          .getBuffer()
          .readString(length, charset == null ? StandardCharsets.UTF_8 : charset);
    } catch (IOException e) {
      return "";
    }
  }
}
