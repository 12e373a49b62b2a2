package dev.belay.consumer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The jars and folders that this JVM finds its classes in. */
record ClassPath(List<Path> entries) {
  static ClassPath ofThisTest() {
    String all = System.getProperty("java.class.path");
    return new ClassPath(
        Arrays.stream(all.split(File.pathSeparator)).map(Path::of).filter(Files::exists).toList());
  }

  /** What is there twice or more, with the places where it is. */
  Map<String, List<Path>> duplicates() {
    Map<String, List<Path>> found = new TreeMap<>();
    for (Path entry : entries) {
      for (String name : new TreeSet<>(classesIn(entry))) {
        found.merge(name, List.of(entry), ClassPath::both);
      }
    }
    found.values().removeIf(places -> places.size() == 1);
    return found;
  }

  private static List<Path> both(List<Path> before, List<Path> more) {
    return Stream.concat(before.stream(), more.stream()).toList();
  }

  /** Apart from module descriptors and versions for certain JDKs, which each jar has its own of. */
  static List<String> classesIn(Path entry) {
    try {
      return (Files.isDirectory(entry) ? filesIn(entry) : entriesOf(entry))
          .stream()
              .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
              .filter(name -> !name.startsWith("META-INF/"))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
          .toList();
    }
  }

  private static List<String> entriesOf(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  /** The entries with one of these in their paths; test classes are not among them. */
  List<Path> with(String... names) {
    return entries.stream()
        .filter(entry -> !entry.toString().contains("test-classes"))
        .filter(entry -> Stream.of(names).anyMatch(entry.toString()::contains))
        .toList();
  }
}
