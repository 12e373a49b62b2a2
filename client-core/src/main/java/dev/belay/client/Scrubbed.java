package dev.belay.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What stands for an exception of OkHttp whose message repeats the bytes of a server, which may
 * have been told a secret: its type, its stack, and of its message the part before the quotation.
 */
final class Scrubbed extends IOException {
  private static final long serialVersionUID = 1;

  /** Deeper causes than any library's; an exception may be its own cause in a circle. */
  private static final int DEEPEST = 8;

  private Scrubbed(String message) {
    super(message);
  }

  /** The failure itself where nothing in it quotes; else one of its kind with the same causes. */
  static IOException io(IOException original) {
    return (IOException) of(original);
  }

  /** An unchecked exception that quotes comes back as one of this type. */
  static Throwable of(Throwable original) {
    return of(original, DEEPEST);
  }

  private static Throwable of(Throwable original, int depth) {
    if (isHarmless(original) || !isOfLibrary(original)) {
      return original; // the user's own, with all that it holds
    }
    Throwable cause = original.getCause();
    Throwable clean = cause == null || depth == 0 ? null : of(cause, depth - 1);
    String message = original.getMessage();
    String words = words(message);
    boolean quotes = message != null && !words.equals(message);
    for (Throwable other : original.getSuppressed()) {
      quotes |= depth > 0 && of(other, depth - 1) != other;
    }
    return quotes || clean != cause ? copy(original, words, clean, depth) : original;
  }

  private static IOException copy(
      Throwable original, String words, @Nullable Throwable cause, int depth) {
    IOException copy = sameKind(original, words);
    copy.setStackTrace(original.getStackTrace());
    if (cause != null) {
      Throwable unused = copy.initCause(cause);
    }
    for (Throwable other : original.getSuppressed()) {
      if (depth > 0) {
        copy.addSuppressed(of(other, depth - 1));
      }
    }
    return copy;
  }

  /** What looks at failures tells these by their type. */
  private static IOException sameKind(Throwable original, String words) {
    if (original instanceof EOFException) {
      return new EOFException(words);
    }
    if (original instanceof ProtocolException) {
      return new ProtocolException(words);
    }
    return original.getClass() == IOException.class
        ? new IOException(words)
        : new Scrubbed(original.getClass().getName() + ": " + words);
  }

  /** What they say is about sockets, names and certificates, and not what a request asked for. */
  private static boolean isHarmless(Throwable original) {
    return original instanceof SocketException
        || original instanceof SSLException
        || original instanceof GeneralSecurityException
        || original instanceof UnknownHostException
        || original instanceof InterruptedIOException
        || (original instanceof IOException io && StreamReset.is(io));
  }

  /** Whether it was thrown there, or by the platform at its request. */
  private static boolean isOfLibrary(Throwable original) {
    for (StackTraceElement frame : original.getStackTrace()) {
      String name = frame.getClassName();
      boolean platform =
          name.startsWith("java.")
              || name.startsWith("javax.")
              || name.startsWith("jdk.")
              || name.startsWith("sun.")
              || name.startsWith("kotlin.");
      if (!platform) {
        return name.startsWith("okhttp3.") || name.startsWith("okio.");
      }
    }
    return false;
  }

  /** OkHttp quotes after a colon or in quotation marks, and its numbers are the server's too. */
  private static String words(@Nullable String message) {
    if (message == null) {
      return "";
    }
    int end = 0;
    while (end < message.length() && isWording(message.charAt(end))) {
      end++;
    }
    return message.substring(0, end).trim();
  }

  private static boolean isWording(char c) {
    return Character.isLetter(c) || c == ' ' || c == '-';
  }
}
