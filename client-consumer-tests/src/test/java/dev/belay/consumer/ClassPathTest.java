package dev.belay.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Retrofit 3 asks for {@code okhttp} 4, whose classes are those of {@code okhttp-jvm} 5. The BOM
 * raises it to 5, where that artifact is empty.
 */
class ClassPathTest {
  private final ClassPath path = ClassPath.ofThisTest();

  @Test
  void no_class_is_there_twice() {
    assertThat(path.duplicates()).isEmpty();
  }

  @Test
  void what_retrofit_asks_for_is_there_and_empty() {
    List<Path> okhttp = path.with("/okhttp-5", "/okhttp-4");
    assertThat(okhttp).hasSize(1);
    assertThat(ClassPath.classesIn(okhttp.get(0))).isEmpty();
  }

  @Test
  void a_second_copy_would_be_found(@TempDir Path folder) throws Exception {
    Path first = path.with("/okhttp-jvm-").get(0);
    Path copy = Files.copy(first, folder.resolve("copy.jar"), StandardCopyOption.REPLACE_EXISTING);
    List<Path> more = new ArrayList<>(path.entries());
    more.add(copy);
    assertThat(new ClassPath(more).duplicates().get("okhttp3/OkHttpClient.class"))
        .containsExactlyInAnyOrder(first, copy);
  }
}
