package dev.belay.benchmarks.probe;

/** A header as the command line has it: {@code Name: value}. */
record Header(String name, String value) {

  /**
   * @throws WrongOptionException if there is no colon or no name; the text is not in the message,
   *     as it may be a secret
   */
  static Header parse(String option, String text) throws WrongOptionException {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new WrongOptionException(option + " must be 'Name: value'");
    }
    return new Header(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
  }

  @Override
  public String toString() {
    return name + ": ***";
  }
}
