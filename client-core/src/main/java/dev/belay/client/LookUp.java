package dev.belay.client;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question while it is being asked, for all who want to know the answer at the same time. */
final class LookUp<T> {
  final Question<T> question;

  /** The threads that wait for the answer; guarded by the lock of the resolver. */
  final Set<Thread> askers = new HashSet<>();

  /** Written under the lock of the resolver by the thread that asks; read by the housekeeper. */
  private volatile boolean begun;

  /**
   * One of the two is written, once: by the thread that asked, or that could get no such thread.
   */
  private volatile @Nullable T answer;

  private volatile @Nullable Throwable failure;

  LookUp(Question<T> question) {
    this.question = question;
  }

  /** Several who wait have one question: what one of them gets, all get. */
  void ask() {
    try {
      answer = Objects.requireNonNull(question.ask(), "no answer");
    } catch (Throwable e) {
      failure = e;
    }
  }

  void begin() {
    begun = true;
  }

  void fail(Throwable why) {
    failure = why;
  }

  boolean hasBegun() {
    return begun;
  }

  boolean isOver() {
    return answer != null || failure != null;
  }

  /** The answer of one that is over; what went wrong otherwise. */
  T answer() throws IOException {
    T found = answer;
    if (found != null) {
      return found;
    }
    Throwable why = failure;
    throw why == null
        ? new SocketGate.NoPlaceException("the connection is over")
        : Failures.asIo(why);
  }

  /** Names those that go on for longer than somebody could wait; says nothing of none. */
  static String hanging(List<String> all) {
    String verb = all.size() == 1 ? " look-up hangs: " : " look-ups hang: ";
    return all.isEmpty() ? "" : "; " + all.size() + verb + String.join(", ", all);
  }

  @Override
  public String toString() {
    return question.toString();
  }
}
