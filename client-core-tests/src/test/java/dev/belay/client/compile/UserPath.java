package dev.belay.client.compile;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class paths and module paths of users of Belay. */
final class UserPath {
  private static final List<String> BELAY =
      List.of(
          "client-core", "client-testkit", "okhttp-jvm", "okio-jvm", "kotlin-stdlib", "jspecify");

  private UserPath() {}

  /** What Belay's artifacts bring along; annotations for tools are not among it. */
  static String plain() {
    return of(BELAY.toArray(String[]::new));
  }

  static String withAnnotations() {
    return plain() + File.pathSeparator + of("error_prone_annotations", "checker-qual");
  }

  /** What of the class path of this test has one of these names in it. */
  static String of(String... names) {
    String all = System.getProperty("java.class.path");
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes"))
        .filter(entry -> Stream.of(names).anyMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
