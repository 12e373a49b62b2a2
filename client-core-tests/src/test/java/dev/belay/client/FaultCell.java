package dev.belay.client;

import java.util.Locale;

/** One fault, called in one way. */
record FaultCell(String fault, String method, Over over) {
  /** What client and server speak. */
  enum Over {
    CLEAR,
    TLS,
    H2;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean isPost() {
    return method.equals("POST");
  }

  @Override
  public String toString() {
    return fault + ", " + method + ", " + over;
  }
}
