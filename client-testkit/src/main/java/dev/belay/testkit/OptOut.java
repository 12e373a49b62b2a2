package dev.belay.testkit;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that is right to leave open, as somebody has declared, and whether that was needed. */
final class OptOut {
  private final String what;
  private final String reason;

  /** Set by any verdict, read when its scope ends. */
  private final AtomicBoolean used = new AtomicBoolean();

  private OptOut(String what, String reason) {
    this.what = what;
    this.reason = reason;
  }

  /** Nothing is. */
  static OptOut none() {
    return new OptOut("", "");
  }

  static OptOut shared(String reason) {
    return new OptOut("@NoLeaks.Shared", checked(reason));
  }

  /**
   * @param text a part of the report of what is allowed
   */
  static OptOut allowed(String text, String reason) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("allow: the text must not be blank, or all is allowed");
    }
    return new OptOut(text, checked(reason));
  }

  private static String checked(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("an opt-out of the leak check needs a reason");
    }
    return reason;
  }

  boolean isDeclared() {
    return !what.isEmpty();
  }

  boolean covers(Leak leak) {
    if (leak.text().contains(what)) {
      use();
      return true;
    }
    return false;
  }

  void use() {
    used.set(true);
  }

  boolean isUnused() {
    return isDeclared() && !used.get();
  }

  @Override
  public String toString() {
    return "'" + what + "' (" + reason + ")";
  }
}
