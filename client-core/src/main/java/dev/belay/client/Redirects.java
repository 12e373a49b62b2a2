package dev.belay.client;

import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Where a call goes on to when it is told that something is elsewhere (RFC 9110 section 15.4). */
final class Redirects {
  /** They tell about a body that stays behind. */
  private static final List<String> OF_BODY =
      List.of("Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding");

  private final RedirectPolicy policy;
  private final ClientSettings settings;

  Redirects(ClientSettings settings) {
    this.settings = settings;
    policy = settings.redirects();
  }

  /**
   * @return null when the answer is for the caller
   * @throws RedirectRefusedException when it may not go there
   */
  @Nullable Request next(CallEntry call, Response answer) throws RedirectRefusedException {
    List<String> places = answer.headers("Location");
    if (policy.isNone() || !isRedirect(answer.code()) || places.isEmpty()) {
      return null;
    }
    if (call.attempts.redirects() >= policy.most()) {
      throw refused(call, answer, "it was redirected more than " + policy.most() + " times");
    }
    HttpUrl place = places.size() == 1 ? call.request.url().resolve(places.get(0)) : null;
    if (place == null) {
      throw refused(call, answer, "its Location is not one http or https URL");
    }
    return to(place, call, answer);
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case Status.MOVED_PERMANENTLY,
          Status.FOUND,
          Status.SEE_OTHER,
          Status.TEMPORARY_REDIRECT,
          Status.PERMANENT_REDIRECT ->
          true;
      default -> false;
    };
  }

  private Request to(HttpUrl place, CallEntry call, Response answer)
      throws RedirectRefusedException {
    boolean asGet = isFollowedByGet(call.request.method(), answer.code());
    boolean body = !asGet && call.request.body() != null;
    if (!place.username().isEmpty() || !place.password().isEmpty()) {
      throw refused(call, answer, "its Location has a user name in it");
    }
    if (!asGet && !call.idempotent && !Repeatable.isIdempotent(call.request.method())) {
      throw refused(call, answer, "it is not idempotent; CallOptions.idempotent() allows it");
    }
    if (body && !Repeatable.hasBody(call)) {
      throw refused(call, answer, "its body can be written only once");
    }
    boolean leaves = !Origin.of(place).equals(Origin.of(call.request.url()));
    if (leaves) {
      refuseToLeave(place, body, call, answer);
    }
    Request.Builder next = call.request.newBuilder().url(place.newBuilder().fragment(null).build());
    if (asGet) {
      next.get();
      OF_BODY.forEach(next::removeHeader);
      IdempotencyKey.removeFrom(next, settings.keyHeader());
    }
    return leaves ? withoutSecrets(next, call) : next.build();
  }

  private static boolean isFollowedByGet(String method, int status) {
    return switch (status) {
      case Status.SEE_OTHER -> !method.equals("HEAD");
      case Status.MOVED_PERMANENTLY, Status.FOUND -> method.equals("POST");
      default -> false;
    };
  }

  private void refuseToLeave(HttpUrl place, boolean body, CallEntry call, Response answer)
      throws RedirectRefusedException {
    HttpUrl from = call.request.url();
    String there = call.mask("to " + Origin.of(place));
    if (repeatsSecret(place.toString(), call) || repeatsSecret(decoded(place), call)) {
      throw refused(call, answer, there + " it would take a secret, which its Location repeats");
    }
    if (from.isHttps() && !place.isHttps()) {
      throw refused(call, answer, there + " it would go on unencrypted");
    }
    if (body) {
      throw refused(call, answer, there + " its body would leave its origin");
    }
    boolean upgrade = place.isHttps() && !from.isHttps() && place.host().equals(from.host());
    if (!policy.leavesOrigin() && !upgrade) {
      throw refused(
          call, answer, there + " it would leave its origin; RedirectPolicy.anyOrigin() allows it");
    }
  }

  private static boolean repeatsSecret(String text, CallEntry call) {
    return !call.mask(text).equals(text);
  }

  /** Servers agree only on what this is: each encodes other signs. */
  private static String decoded(HttpUrl place) {
    return String.join("/", place.pathSegments()) + "?" + place.query();
  }

  private static Request withoutSecrets(Request.Builder next, CallEntry call) {
    Headers headers = call.request.headers();
    for (String name : headers.names()) {
      boolean secret = HeaderCheck.isKnownSecret(name) || call.secrets.hasHeader(name);
      if (secret || headers.values(name).stream().anyMatch(v -> repeatsSecret(v, call))) {
        next.removeHeader(name); // by its name, or it names the URL that it comes from
      }
    }
    return next.removeHeader("Host").build();
  }

  private static RedirectRefusedException refused(CallEntry call, Response answer, String why) {
    return new RedirectRefusedException(
        call + " was answered with " + answer.code() + " and not redirected: " + why,
        Failures.answered(call, answer.code()));
  }
}
