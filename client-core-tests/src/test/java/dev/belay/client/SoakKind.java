package dev.belay.client;

/** What is done to a call. */
enum SoakKind {
  GOOD,
  LEAKED,
  CANCELLED,
  TIMED_OUT,
  INTERRUPTED;

  static final int PERIOD = 80;

  /** One in twenty is not good: the same number of each of the four others. */
  static SoakKind of(long number) {
    return switch ((int) (number % PERIOD)) {
      case 10 -> LEAKED;
      case 30 -> CANCELLED;
      case 50 -> TIMED_OUT;
      case 70 -> INTERRUPTED;
      default -> GOOD;
    };
  }
}
