package dev.belay.benchmarks.demo;

import java.io.Closeable;

/** The way in which a worker sends. Safe for use by several threads. */
interface Sender extends Closeable {

  /** Sends one request; returns only if it was accepted. */
  void send(int index) throws Exception;

  @Override
  default void close() {}
}
