package dev.belay.client;

import java.util.concurrent.Callable;

/**
 * What users' code or the platform is asked. Equal to another one that asks the same object the
 * same; the object is told by its identity, because its own {@code equals} is users' code too.
 */
final class Question<T> {
  private final Object whom;
  private final Object about;
  private final String name;
  private final Callable<T> how;

  /**
   * @param about a value of ours; all questions to one object about equal values have one type
   * @param name what failures and reports call it
   */
  Question(Object whom, Object about, String name, Callable<T> how) {
    this.whom = whom;
    this.about = about;
    this.name = name;
    this.how = how;
  }

  T ask() throws Exception {
    return how.call();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Question<?> that && whom == that.whom && about.equals(that.about);
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(whom) + about.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
