package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.FailureReport;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientRulesTest {
  private static final String HERE = "dev.belay.testkit";

  // region rules
  @Test
  void clients_are_made_in_one_place() {
    JavaClasses ours = new ClassFileImporter().importPackages("com.acme");
    HttpClientRules.noBareOkHttpOutside("com.acme.http..").check(ours);
  }

  // endregion rules

  static final class MakesOneForACall {
    Call call(Request request) {
      return new OkHttpClient().newCall(request);
    }
  }

  static final class BuildsOne {
    OkHttpClient client() {
      return new OkHttpClient.Builder().build();
    }
  }

  static final class RefersToItsMaking {
    Supplier<OkHttpClient> client() {
      return OkHttpClient::new;
    }
  }

  static class IsOne extends OkHttpClient {}

  /** Shares the connections of the one that it was given. */
  static final class Innocent {
    private final OkHttpClient client;

    Innocent(OkHttpClient client) {
      this.client = client.newBuilder().retryOnConnectionFailure(false).build();
    }

    Call call(Request request) {
      return client.newCall(request);
    }
  }

  private static List<String> violations(ArchRule rule, Class<?> judged) {
    JavaClasses classes = new ClassFileImporter().importClasses(judged);
    FailureReport report = rule.evaluate(classes).getFailureReport();
    return report.getDetails();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {MakesOneForACall.class, BuildsOne.class, RefersToItsMaking.class, IsOne.class})
  void who_makes_a_client_is_guilty(Class<?> guilty) {
    assertThat(violations(HttpClientRules.NO_BARE_OKHTTP, guilty))
        .isNotEmpty()
        .allMatch(line -> line.contains(guilty.getSimpleName()) && line.contains(".java:"));
  }

  @Test
  void who_was_given_one_is_innocent() {
    assertThat(violations(HttpClientRules.NO_BARE_OKHTTP, Innocent.class)).isEmpty();
  }

  @Test
  void a_named_package_may_make_one() {
    assertThat(violations(HttpClientRules.noBareOkHttpOutside(HERE + ".."), BuildsOne.class))
        .isEmpty();
    assertThat(violations(HttpClientRules.noBareOkHttpOutside("com.acme.."), BuildsOne.class))
        .hasSize(1);
  }

  @Test
  void a_rule_says_why() {
    assertThat(HttpClientRules.noBareOkHttpOutside("com.acme..").getDescription())
        .isEqualTo(
            "no classes outside of [com.acme..] should make an OkHttpClient of their own, because"
                + " nothing closes it, and nothing limits how many connections it opens: share one"
                + " client, or use one that has an end");
  }
}
