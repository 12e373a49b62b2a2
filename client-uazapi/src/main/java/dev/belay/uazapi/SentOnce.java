package dev.belay.uazapi;

import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Marks a request that makes a message.
 *
 * <p>A 503 does not prove that the message was not made: a proxy in front gives it too, with a
 * Retry-After of its own, when the server behind it took the request and was slow to answer
 * (Varnish does so by default). HTTP clients take the header for a refusal and send again, so for
 * such requests it is not passed on.
 */
enum SentOnce {
  MARK;

  static final Interceptor INTERCEPTOR =
      chain -> {
        Response answer = chain.proceed(chain.request());
        boolean unproven = answer.code() == 503 && isMarked(chain.request());
        return unproven ? answer.newBuilder().removeHeader("Retry-After").build() : answer;
      };

  private static boolean isMarked(Request request) {
    return request.tag(SentOnce.class) != null;
  }
}
