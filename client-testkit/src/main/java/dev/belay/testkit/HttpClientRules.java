package dev.belay.testkit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Arrays;
import java.util.Set;

/**
 * Rules of ArchUnit on how code may get its HTTP clients: {@code @ArchTest static final ArchRule
 * RULE = HttpClientRules.NO_BARE_OKHTTP}.
 *
 * <p>They judge the class files that were imported, by names, so OkHttp need not be on the class
 * path. Needs ArchUnit 1.0 or later. Immutable and thread-safe.
 */
@SuppressWarnings("exports") // ArchUnit is brought by those who use this
public final class HttpClientRules {
  private static final Set<String> OWNERS =
      Set.of("okhttp3.OkHttpClient", "okhttp3.OkHttpClient$Builder");

  private static final DescribedPredicate<JavaAccess<?>> MAKES_A_CLIENT =
      DescribedPredicate.describe(
          "is a constructor of OkHttpClient or its builder",
          access ->
              access.getTarget().getName().equals("<init>")
                  && OWNERS.contains(access.getTargetOwner().getName()));

  /**
   * Nobody makes an {@code OkHttpClient} or an {@code OkHttpClient.Builder} of his own, be it by
   * {@code new}, by a constructor reference or by extending the client. {@code newBuilder()} of a
   * client that is there is allowed: it shares connections.
   */
  public static final ArchRule NO_BARE_OKHTTP = noBareOkHttpOutside();

  private HttpClientRules() {}

  /**
   * The same but for some packages, such as the one that makes the client of the application.
   *
   * @param allowed packages as ArchUnit writes them, {@code ..} for any packages in between or
   *     below: {@code "com.acme.http.."}
   * @return the rule
   */
  public static ArchRule noBareOkHttpOutside(String... allowed) {
    String exception = allowed.length == 0 ? "" : " outside of " + Arrays.toString(allowed);
    return ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .accessTargetWhere(MAKES_A_CLIENT)
        .allowEmptyShould(true)
        .as("no classes" + exception + " should make an OkHttpClient of their own")
        .because(
            "nothing closes it, and nothing limits how many connections it opens: share one client,"
                + " or use one that has an end");
  }
}
