package dev.belay.client;

/**
 * Where a client goes when a server answers that something is elsewhere (301, 302, 303, 307, 308).
 *
 * <p>By default it follows within the {@linkplain #sameOrigin() same origin}, five times a call. A
 * redirect that the policy does not allow fails the call with a {@link RedirectRefusedException};
 * nothing is sent to the other place. Followed or not, no policy ever
 *
 * <ul>
 *   <li>goes from https to http, to another scheme, or to a URL with a user name in it,
 *   <li>takes the body of a request, or a header or query parameter that is secret, to another
 *       origin, which is another scheme, host or port (RFC 6454),
 *   <li>sends a request again that is not idempotent and not declared to be, nor a body that can be
 *       written only once.
 * </ul>
 *
 * <p>A 303 is followed by GET, and so is a 301 or 302 that answers a POST (RFC 9110 section 15.4);
 * in all other cases the method stays. All redirects of a call happen within its deadline, and each
 * is an attempt under its limits. A redirect without a {@code Location} is an answer like any
 * other. Immutable, safe for use by several threads.
 */
public final class RedirectPolicy {
  private static final int MOST = 5;
  private static final RedirectPolicy NONE = new RedirectPolicy(Reach.NOWHERE, 0);
  static final RedirectPolicy DEFAULT = new RedirectPolicy(Reach.SAME_ORIGIN, MOST);
  private static final RedirectPolicy ANY = new RedirectPolicy(Reach.ANY_ORIGIN, MOST);

  private final Reach reach;
  private final int most;

  private enum Reach {
    NOWHERE,
    SAME_ORIGIN,
    ANY_ORIGIN
  }

  private RedirectPolicy(Reach reach, int most) {
    this.reach = reach;
    this.most = most;
  }

  /**
   * Follows nothing: whoever reads the answer gets the redirect.
   *
   * @return the policy
   */
  public static RedirectPolicy none() {
    return NONE;
  }

  /**
   * Follows within one origin, and from http to https on the same host where no body goes along.
   *
   * @return the policy, with at most five redirects a call
   */
  public static RedirectPolicy sameOrigin() {
    return DEFAULT;
  }

  /**
   * Follows to other origins too. What is declared secret, or known to be by its name, stays
   * behind, for the rest of the call; so does what {@link BelayClientBuilder#authentication} adds.
   * Interceptors run for each attempt and have to look where it goes.
   *
   * @return the policy, with at most five redirects a call
   */
  public static RedirectPolicy anyOrigin() {
    return ANY;
  }

  /**
   * The same with another limit. One redirect more is refused.
   *
   * @param redirects of one call, at least 1
   * @return a new policy
   * @throws IllegalArgumentException if it is less than 1
   * @throws IllegalStateException if this is {@link #none()}, which follows nothing
   */
  public RedirectPolicy atMost(int redirects) {
    int checked = Check.atLeast(1, redirects, "atMost");
    if (isNone()) {
      throw new IllegalStateException("atMost(" + redirects + ") contradicts none()");
    }
    return new RedirectPolicy(reach, checked);
  }

  boolean isNone() {
    return reach == Reach.NOWHERE;
  }

  boolean leavesOrigin() {
    return reach == Reach.ANY_ORIGIN;
  }

  int most() {
    return most;
  }

  @Override
  public String toString() {
    return switch (reach) {
      case NOWHERE -> "no redirects";
      case SAME_ORIGIN -> "at most " + most + " redirects within an origin";
      case ANY_ORIGIN -> "at most " + most + " redirects to any origin";
    };
  }
}
