package dev.belay.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers in their order, and how far it has come. */
final class AnswerQueue {
  private final List<Answer> answers;
  private final @Nullable Answer always;

  /**
   * How often one was asked for, those included that found none; whoever raises it has that one.
   */
  private final AtomicInteger asked = new AtomicInteger();

  AnswerQueue(List<Answer> answers, @Nullable Answer always) {
    this.answers = List.copyOf(answers);
    this.always = always;
  }

  AnswerQueue then(int requests, Answer answer) {
    refuseBehindAlways();
    List<Answer> longer = new ArrayList<>(answers);
    longer.addAll(copies(requests, answer));
    return new AnswerQueue(longer, null);
  }

  AnswerQueue thenAlways(Answer answer) {
    refuseBehindAlways();
    return new AnswerQueue(answers, Objects.requireNonNull(answer, "answer"));
  }

  static List<Answer> copies(int requests, Answer answer) {
    if (requests < 1) {
      throw new IllegalArgumentException("requests must be at least 1 but is " + requests);
    }
    return Collections.nCopies(requests, Objects.requireNonNull(answer, "answer"));
  }

  private void refuseBehindAlways() {
    if (always != null) {
      throw new IllegalStateException("nothing comes behind " + always + ", which is for always");
    }
  }

  /** Null for one that never ends. */
  @Nullable Integer length() {
    return always == null ? answers.size() : null;
  }

  Answer next(Received request) {
    int turn = asked.getAndIncrement();
    if (turn < answers.size()) {
      return answers.get(turn);
    }
    if (always == null) {
      throw new IllegalStateException(
          "no answer is left for %s %s, request %d of a script with %d"
              .formatted(request.method(), request.path(), turn + 1, answers.size()));
    }
    return always;
  }

  int used() {
    int times = asked.get();
    return always == null ? Math.min(times, answers.size()) : times;
  }

  void assertPlayed() {
    int times = asked.get();
    if (times < answers.size() || (times > answers.size() && always == null)) {
      throw new AssertionError("expected each answer to be used once, but " + this);
    }
  }

  /** What was used, what is left, and who found none. */
  @Override
  public String toString() {
    int times = asked.get();
    StringBuilder text = new StringBuilder();
    text.append(Math.min(times, answers.size())).append(" of ").append(answers.size());
    text.append(" were used");
    for (int i = times; i < answers.size(); i++) {
      text.append("\n  left: ").append(i + 1).append(". ").append(answers.get(i));
    }
    if (times > answers.size()) {
      text.append(", and ").append(times - answers.size()).append(" requests came behind the last");
    }
    return text.toString();
  }
}
