package dev.belay.client;

import java.io.Closeable;

/** Code of ours that takes what a fuzzer makes. Closed when the fuzzer has had enough. */
interface FuzzedUse extends Closeable {
  /**
   * Takes one input.
   *
   * @return what kind of result it was, one of a few
   * @throws Exception if that is a finding
   */
  String take(byte[] input) throws Exception;

  /** What is there after the last input and should not be; empty if nothing is. */
  default String left() {
    return "";
  }

  @Override
  default void close() {}
}
