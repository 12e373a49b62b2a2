package dev.belay.leaks;

import java.io.Closeable;

/** An HTTP client of one family, with the few things that tests do right and wrong with it. */
interface TestClient extends Closeable {

  /** Sends a GET and reads the answer to its end. */
  String get(String url) throws Exception;

  /** Sends a GET and returns, with the answer unread, what ends it. */
  Closeable open(String url) throws Exception;
}
