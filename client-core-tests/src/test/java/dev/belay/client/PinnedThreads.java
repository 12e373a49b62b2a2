package dev.belay.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Which virtual threads were pinned while they blocked, from its creation on, by the JVM's word.
 */
final class PinnedThreads implements Closeable {
  private static final String EVENT = "jdk.VirtualThreadPinned";
  private static final String WITNESS = "pinned on purpose";
  private final Recording recording = new Recording();

  PinnedThreads() {
    recording.enable(EVENT).withoutThreshold().withStackTrace();
    recording.start();
  }

  /** Returns the events of threads with such names; fails if it would not have seen any. */
  List<String> stop(String namePrefix) throws IOException, InterruptedException {
    Thread witness = Threads.unstarted(() -> Pinning.pin(), WITNESS);
    witness.start();
    witness.join();
    recording.stop();
    List<RecordedEvent> events = events();
    assertThat(events).extracting(PinnedThreads::name).contains(WITNESS);
    return events.stream()
        .filter(event -> name(event).startsWith(namePrefix))
        .map(RecordedEvent::toString)
        .toList();
  }

  private List<RecordedEvent> events() throws IOException {
    Path file = Files.createTempFile("pinned", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(EVENT))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static String name(RecordedEvent event) {
    return event.getThread() == null ? "" : event.getThread().getJavaName();
  }

  @Override
  public void close() {
    recording.close();
  }

  /** A thread that blocks while it initialises a class is pinned, in every JDK. */
  private static final class Pinning {
    static {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
    }

    static void pin() {}
  }
}
