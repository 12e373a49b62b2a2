package dev.belay.client;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what was forgotten, and where. */
final class LossRecorder implements LifecycleListener {
  private final Queue<Holder> forgotten = new ConcurrentLinkedQueue<>();

  @Override
  public void forgotten(Holder what) {
    forgotten.add(what);
  }

  List<Holder> all() {
    return List.copyOf(forgotten);
  }

  List<String> kinds() {
    return forgotten.stream().map(Holder::kind).sorted().toList();
  }
}
