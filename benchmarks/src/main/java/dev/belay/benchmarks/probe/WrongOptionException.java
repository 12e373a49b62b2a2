package dev.belay.benchmarks.probe;

/** A mistake on the command line, in one line that holds no secret. */
final class WrongOptionException extends Exception {
  private static final long serialVersionUID = 1;

  WrongOptionException(String message) {
    super(message);
  }
}
