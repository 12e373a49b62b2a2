package dev.belay.client;

/**
 * What a failed call may have done at the server, by evidence and never by guess.
 *
 * <p>{@link #UNKNOWN} is the answer whenever one byte of the request may have left this machine and
 * no answer proves what became of it. Sending such a request again may do its work twice.
 */
public enum Outcome {
  /** No byte of the request was written: sending it again is safe, whatever the method. */
  NOT_SENT,
  /** The server answered, and its answer says that it did not do the work. */
  REJECTED,
  /** The request may have been received and its work may have been done. */
  UNKNOWN;

  static Outcome worse(Outcome one, Outcome other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
