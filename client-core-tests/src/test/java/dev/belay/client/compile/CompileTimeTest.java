package dev.belay.client.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What compilers say of right and wrong uses, compared with the table in the document. */
class CompileTimeTest {
  private static final int WHAT = 1;
  private static final int ERROR_PRONE = 2;
  private static final int CHECKER_FRAMEWORK = 3;
  private static final int AT_RUN_TIME = 4;

  private static CompileTimeDocument document;
  private static List<CompileCase> cases;

  @BeforeAll
  static void read() throws IOException {
    document = CompileTimeDocument.read();
    cases = CompileCase.all();
  }

  @Test
  void the_table_lists_the_cases_and_what_is_wrong_with_them() {
    Map<String, String> what = new TreeMap<>();
    cases.forEach(each -> what.put(each.name(), each.what()));
    assertThat(document.column(WHAT)).isEqualTo(what);
  }

  @Test
  void the_table_says_what_error_prone_says(@TempDir Path work) throws Exception {
    Set<String> reported = LeakTool.ERROR_PRONE.reports(cases, UserPath.withAnnotations(), work);
    assertThat(document.column(ERROR_PRONE)).isEqualTo(verdicts(reported));
  }

  @Test
  void the_table_says_what_the_checker_framework_says(@TempDir Path work) throws Exception {
    Set<String> reported =
        LeakTool.CHECKER_FRAMEWORK.reports(cases, UserPath.withAnnotations(), work);
    assertThat(document.column(CHECKER_FRAMEWORK)).isEqualTo(verdicts(reported));
  }

  private static Map<String, String> verdicts(Set<String> reported) {
    Map<String, String> verdicts = new TreeMap<>();
    cases.forEach(each -> verdicts.put(each.name(), each.verdict(reported.contains(each.name()))));
    return verdicts;
  }

  @Test
  void the_table_says_what_happens_at_run_time(@TempDir Path work) throws Exception {
    List<String> options = List.of("-d", work.toString(), "-cp", UserPath.withAnnotations());
    assertThat(PlainJavac.messages(cases, List.of(), options)).isEmpty();
    Map<String, String> witnesses = new TreeMap<>();
    try (URLClassLoader classes = new URLClassLoader(new URL[] {work.toUri().toURL()})) {
      for (CompileCase each : cases) {
        witnesses.put(each.name(), CaseRun.witness(each, classes));
      }
    }
    assertThat(document.column(AT_RUN_TIME)).isEqualTo(witnesses);
  }

  @Test
  void what_is_wrong_is_noticed_at_run_time_and_what_is_right_is_not() {
    cases.forEach(
        each ->
            assertThat(document.column(AT_RUN_TIME).get(each.name()).equals("clean"))
                .as(each.name())
                .isNotEqualTo(each.wrong()));
  }

  @Test
  void error_prone_needs_no_annotations_on_the_class_path_of_a_user(@TempDir Path work)
      throws Exception {
    Set<String> expected = new TreeSet<>();
    plainCases().stream()
        .filter(each -> document.column(ERROR_PRONE).get(each.name()).matches("error|false alarm"))
        .forEach(each -> expected.add(each.name()));
    assertThat(LeakTool.ERROR_PRONE.reports(plainCases(), UserPath.plain(), work))
        .isEqualTo(expected);
  }

  @Test
  void javac_has_no_warning_for_a_user_without_the_annotations(@TempDir Path work)
      throws IOException {
    List<String> options = List.of("-d", work.toString(), "-cp", UserPath.plain());
    assertThat(PlainJavac.messages(plainCases(), List.of(), options)).isEmpty();
  }

  @Test
  void javac_has_no_warning_for_a_module_without_the_annotations(@TempDir Path work)
      throws IOException {
    Path module = work.resolve("module-info.java");
    Files.writeString(module, "module compile { requires dev.belay.client; }");
    List<CompileCase> modular =
        plainCases().stream().filter(each -> !each.source().contains("dev.belay.testkit")).toList();
    List<String> options = List.of("-d", work.toString(), "-p", UserPath.plain());
    assertThat(PlainJavac.messages(modular, List.of(module), options)).isEmpty();
  }

  private static List<CompileCase> plainCases() {
    List<CompileCase> plain = cases.stream().filter(each -> !each.annotated()).toList();
    assertThat(plain).hasSizeGreaterThan(cases.size() / 2);
    return plain;
  }

  @Test
  void the_settings_in_the_document_are_those_of_this_build() throws IOException {
    String parent = Files.readString(Path.of("../pom.xml"));
    assertThat(parent)
        .contains(version("error-prone.version", "error_prone_core"))
        .contains(version("checker.version", "checker"));
    assertThat(document.block("package okhttp3;"))
        .isEqualTo(Files.readString(CompileCase.FOLDER.resolve("okhttp.astub")));
  }

  private static String version(String property, String artifact) {
    List<String> versions = document.elements("version", artifact);
    assertThat(versions).as("versions in the settings of %s", artifact).hasSize(1);
    return "<" + property + ">" + versions.get(0) + "</" + property + ">";
  }
}
