package dev.belay.uazapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.belay.uazapi");

  @Test
  void only_the_codec_knows_the_json_library() {
    noClasses()
        .that()
        .doNotHaveSimpleName("JsonCodec")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(MODULE);
  }

  @Test
  void what_users_can_extend_is_sealed() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveSimpleName("SendOptions")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MODULE);
  }
}
