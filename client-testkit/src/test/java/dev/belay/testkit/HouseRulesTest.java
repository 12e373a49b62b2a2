package dev.belay.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
  private static final int MOST_PUBLIC_TYPES = 14;
  private static final List<String> ALLOWED_IN_SIGNATURES =
      List.of("java.", "javax.net.ssl.", "org.junit.jupiter.api.", "dev.belay.testkit.");

  /** For those who have AssertJ, ArchUnit or OkHttp, and loaded by nobody else. */
  private static final List<String> FOR_OTHERS =
      List.of(
          "dev.belay.testkit.LeakAssertions$AssertJ",
          "dev.belay.testkit.HttpClientRules",
          "dev.belay.testkit.OkHttpLeaks");

  private final JavaClasses testkit =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.belay.testkit");

  private Stream<JavaClass> publicTypes() {
    return testkit.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC));
  }

  @Test
  void the_public_surface_stays_small() {
    assertThat(publicTypes().filter(JavaClass::isTopLevelClass))
        .hasSizeBetween(5, MOST_PUBLIC_TYPES);
  }

  @Test
  void public_signatures_need_neither_belay_nor_okhttp() {
    Set<String> foreign =
        publicTypes()
            .filter(c -> FOR_OTHERS.stream().noneMatch(c.getName()::startsWith))
            .flatMap(c -> c.getMethods().stream())
            .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(
                m ->
                    Stream.concat(
                        Stream.of(m.getRawReturnType()), m.getRawParameterTypes().stream()))
            .map(c -> c.getBaseComponentType().getName())
            .filter(name -> name.contains("."))
            .filter(name -> ALLOWED_IN_SIGNATURES.stream().noneMatch(name::startsWith))
            .collect(Collectors.toSet());
    assertThat(foreign).isEmpty();
  }

  @Test
  void only_the_witnesses_for_belay_know_belay() {
    noClasses()
        .that()
        .doNotHaveSimpleName("BelayWitness")
        .and()
        .doNotHaveSimpleName("BelayPools")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.belay.client..")
        .check(testkit);
  }

  @Test
  void nothing_sleeps_and_nothing_is_synchronized() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(testkit);
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(testkit);
  }
}
