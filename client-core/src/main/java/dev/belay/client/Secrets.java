package dev.belay.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The declared secrets of a client. They are in a request only below interceptors and listeners,
 * which like to print it, and in no text.
 */
final class Secrets {
  static final Secrets NONE = new Secrets(Map.of(), Map.of(), Set.of());

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> parameters;
  private final List<String> values = new ArrayList<>();

  /** Made for the first text that may need it: most clients never fail. */
  private final Lazy<Mask> mask;

  private Secrets(
      Map<String, String> headers, Map<String, String> parameters, Collection<String> others) {
    this.headers.putAll(headers);
    this.parameters = Map.copyOf(parameters);
    values.addAll(headers.values());
    values.addAll(parameters.values());
    values.addAll(others);
    mask = new Lazy<>(() -> new Mask(values));
  }

  static Secrets of(
      Map<String, String> headers, Map<String, String> parameters, Set<String> others) {
    boolean none = headers.isEmpty() && parameters.isEmpty() && others.isEmpty();
    return none ? NONE : new Secrets(headers, parameters, others);
  }

  Set<String> headers() {
    return Collections.unmodifiableSet(headers.keySet());
  }

  Set<String> parameters() {
    return parameters.keySet();
  }

  boolean hasHeader(String name) {
    return headers.containsKey(name);
  }

  // The request, on the thread of its exchange.

  /** The request as it is sent. One that has a header or parameter of that name keeps its own. */
  Request addTo(Request request, CallEntry call) {
    String token = Authentication.valueFor(call);
    boolean nothing = headers.isEmpty() && parameters.isEmpty() && token == null;
    if (nothing || !call.mayHaveSecrets() || !call.route.origin().isOf(request.url())) {
      return request;
    }
    Request.Builder sent = request.newBuilder().url(withParameters(request.url()));
    headers.forEach((name, value) -> add(name, value, request, sent));
    if (token != null) {
      add(Authentication.HEADER, token, request, sent);
    }
    return sent.build();
  }

  private static void add(String name, String value, Request request, Request.Builder sent) {
    if (request.header(name) == null) {
      sent.header(name, value);
    }
  }

  private HttpUrl withParameters(HttpUrl url) {
    if (parameters.isEmpty()) {
      return url;
    }
    Set<String> own = url.queryParameterNames();
    HttpUrl.Builder longer = url.newBuilder();
    parameters.forEach(
        (name, value) -> {
          if (!own.contains(name)) {
            longer.addQueryParameter(name, value);
          }
        });
    return longer.build();
  }

  /** The request as everybody above may see it. */
  Request hide(Request sent, CallEntry call) {
    String token = Authentication.valueFor(call);
    if (values.isEmpty() && token == null) {
      return inUrl(sent);
    }
    Request.Builder shown = sent.newBuilder().url(withoutParameters(sent.url()));
    headers.forEach((name, value) -> remove(name, value, sent, shown));
    if (token != null) {
      remove(Authentication.HEADER, token, sent, shown);
    }
    return inUrl(shown.build());
  }

  private static void remove(String name, String value, Request sent, Request.Builder shown) {
    if (value.equals(sent.header(name))) {
      shown.removeHeader(name);
    }
  }

  private HttpUrl withoutParameters(HttpUrl url) {
    HttpUrl.Builder shorter = url.newBuilder();
    parameters.forEach(
        (name, value) -> {
          if (value.equals(url.queryParameter(name))) {
            shorter.removeAllQueryParameters(name);
          }
        });
    return parameters.isEmpty() ? url : shorter.build();
  }

  /** With stars in the URL where a secret stands: an answer prints the URL that it belongs to. */
  Request inUrl(Request request) {
    HttpUrl url = withoutKnown(request.url());
    if (!values.isEmpty() && mask.get().isNeededIn(url.toString())) {
      HttpUrl masked = HttpUrl.parse(mask.get().of(url.toString()));
      url = masked == null ? url : masked;
    }
    return url.equals(request.url()) ? request : request.newBuilder().url(url).build();
  }

  private static HttpUrl withoutKnown(HttpUrl url) {
    HttpUrl.Builder masked = null;
    for (int i = 0; i < url.querySize(); i++) {
      String name = url.queryParameterName(i);
      if (HeaderCheck.isKnownSecret(name)) {
        masked = (masked == null ? url.newBuilder() : masked).setQueryParameter(name, Mask.STARS);
      }
    }
    return masked == null ? url : masked.build();
  }

  // The answer.

  /**
   * The answer to a request as everybody above may see it.
   *
   * @param asked the request without what was added to it
   */
  Response hide(Response answer, Request asked, CallEntry call) {
    String reason = call.mask(answer.message());
    boolean nothing = values.isEmpty() && answer.request() == asked && asked.url().querySize() == 0;
    if (nothing && reason.equals(answer.message())) {
      return answer;
    }
    Response.Builder shown = answer.newBuilder().request(asked).message(reason);
    Response network = answer.networkResponse();
    if (network != null) {
      shown.networkResponse(hide(network, hide(network.request(), call), call));
    }
    Response prior = answer.priorResponse();
    if (prior != null) {
      shown.priorResponse(hide(prior, hide(prior.request(), call), call));
    }
    return shown.build();
  }

  // Texts.

  String mask(String text) {
    return values.isEmpty() ? text : mask.get().of(text);
  }

  /** The text without declared secrets, and without those that one call brings. */
  String mask(String text, Collection<String> brought) {
    if (brought.isEmpty()) {
      return mask(text);
    }
    List<String> all = new ArrayList<>(brought);
    all.addAll(values);
    return new Mask(all, text.length()).of(text);
  }

  /** What is secret in a request by its name. */
  static List<String> known(Request request) {
    List<String> found = new ArrayList<>(0);
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (HeaderCheck.isKnownSecret(headers.name(i))) {
        found.add(headers.value(i));
      }
    }
    HttpUrl url = request.url();
    for (int i = 0; i < url.querySize(); i++) {
      String value = url.queryParameterValue(i);
      if (value != null && HeaderCheck.isKnownSecret(url.queryParameterName(i))) {
        found.add(value);
      }
    }
    return found;
  }

  /** How much of a text is to be looked at beyond its cut. */
  int longest() {
    return values.isEmpty() ? 0 : mask.get().longest();
  }
}
