package dev.belay.uazapi;

import dev.belay.client.Outcome;
import dev.belay.uazapi.UazapiError.AccountRestricted;
import dev.belay.uazapi.UazapiError.Authentication;
import dev.belay.uazapi.UazapiError.Conflict;
import dev.belay.uazapi.UazapiError.Forbidden;
import dev.belay.uazapi.UazapiError.InvalidRequest;
import dev.belay.uazapi.UazapiError.NotConnected;
import dev.belay.uazapi.UazapiError.NotFound;
import dev.belay.uazapi.UazapiError.NotOnWhatsApp;
import dev.belay.uazapi.UazapiError.RateLimited;
import dev.belay.uazapi.UazapiError.Server;
import dev.belay.uazapi.UazapiError.TooLarge;
import dev.belay.uazapi.UazapiError.Unexpected;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer other than the documented one means, and whether it proves that nothing was done.
 *
 * <p>Proven is: every 4xx but 408; a 500 whose text names a permanent cause; the 503 that the API
 * itself gives without a session; a redirect that asks for the same request elsewhere. All others
 * may hide a message that went out: the server tries twice by itself, and proxies stop waiting.
 */
record Verdict(UazapiError error, Outcome outcome) {

  static Verdict of(Reply reply) {
    Complaint said = Complaint.of(reply);
    int status = reply.status;
    if (status < 400) {
      boolean elsewhere = status == 307 || status == 308;
      return new Verdict(new Unexpected(status, said.shown()), proven(elsewhere));
    }
    if (said.isAccountRestricted()) {
      return rejected(new AccountRestricted(status, said.shown(), said.restrictedUntil()));
    }
    return status < 500 ? ofRefusal(reply, said) : ofFailure(reply, said);
  }

  private static Verdict ofRefusal(Reply reply, Complaint said) {
    int status = reply.status;
    String text = said.shown();
    return switch (status) {
      case 401 ->
          rejected(
              said.isAboutSession()
                  ? new NotConnected(status, text)
                  : new Authentication(status, text));
      case 403 -> rejected(new Forbidden(status, text));
      case 404, 405 -> rejected(new NotFound(status, text));
      case 408 -> unknown(new Server(status, text, reply.retryAfter));
      case 409 -> rejected(new Conflict(status, text));
      case 413 -> rejected(new TooLarge(status, text));
      case 429 -> rejected(new RateLimited(status, text, wait(reply)));
      default -> rejected(new InvalidRequest(status, text));
    };
  }

  private static Verdict ofFailure(Reply reply, Complaint said) {
    int status = reply.status;
    String text = said.shown();
    if (status == 500 && said.isAboutUnknownNumber()) {
      return rejected(new NotOnWhatsApp(status, text));
    }
    if (status == 500 && said.isAboutUnknownGroup()) {
      return rejected(new NotFound(status, text));
    }
    if (status == 503 && said.isSessionDown()) {
      return rejected(new NotConnected(status, text));
    }
    return unknown(
        said.isAboutSession()
            ? new NotConnected(status, text)
            : new Server(status, text, reply.retryAfter));
  }

  private static @Nullable Duration wait(Reply reply) {
    if (reply.retryAfter != null) {
      return reply.retryAfter;
    }
    Long millis = reply.json().number("retry_after_ms");
    return millis == null || millis < 0 ? null : Duration.ofMillis(millis);
  }

  private static Outcome proven(boolean nothingWasDone) {
    return nothingWasDone ? Outcome.REJECTED : Outcome.UNKNOWN;
  }

  private static Verdict rejected(UazapiError error) {
    return new Verdict(error, Outcome.REJECTED);
  }

  private static Verdict unknown(UazapiError error) {
    return new Verdict(error, Outcome.UNKNOWN);
  }
}
