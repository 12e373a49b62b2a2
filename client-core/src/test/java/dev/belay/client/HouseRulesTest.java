package dev.belay.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
  private static final int MOST_PUBLIC_TYPES = 25;
  private static final List<String> ALLOWED_IN_SIGNATURES =
      List.of("java.", "javax.net.", "dev.belay.client", "okhttp3.");

  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.belay.client");

  @Test
  void the_public_surface_stays_small() {
    TreeSet<String> types = new TreeSet<>();
    core.stream()
        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC) && c.isTopLevelClass())
        .filter(c -> !c.isAssignableTo(Throwable.class))
        .forEach(c -> types.add(c.getSimpleName()));
    assertThat(types).hasSizeBetween(10, MOST_PUBLIC_TYPES);
  }

  @Test
  void what_is_not_public_is_final_or_made_to_be_extended_here() {
    classes()
        .that()
        .arePackagePrivate()
        .and()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and(DescribedPredicate.not(isExtendedHere()))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(core);
  }

  private static DescribedPredicate<JavaClass> isExtendedHere() {
    return DescribedPredicate.describe("extended here", c -> !c.getSubclasses().isEmpty());
  }

  @Test
  void public_signatures_speak_java_and_okhttp_only() {
    List<String> foreign =
        core.stream()
            .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(c -> c.getMethods().stream())
            .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(HouseRulesTest::typesOf)
            .map(JavaClass::getName)
            .filter(name -> name.contains(".") && !isAllowed(name))
            .distinct()
            .toList();
    assertThat(foreign).isEmpty();
  }

  private static Stream<JavaClass> typesOf(JavaMethod method) {
    return Stream.concat(
            Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
        .map(JavaClass::getBaseComponentType);
  }

  private static boolean isAllowed(String name) {
    return ALLOWED_IN_SIGNATURES.stream().anyMatch(name::startsWith);
  }

  @Test
  void nothing_is_synchronized_because_that_pins_virtual_threads() {
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(core);
  }

  @Test
  void nobody_sleeps_or_reads_the_wall_clock_in_milliseconds() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(core);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(core);
  }

  @Test
  void what_can_be_open_is_closeable_and_final() {
    classes()
        .that()
        .implement(java.io.Closeable.class)
        .and()
        .arePublic()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .haveModifier(JavaModifier.ABSTRACT)
        .check(core);
    assertThat(Caller.class.isSealed()).isTrue();
  }
}
