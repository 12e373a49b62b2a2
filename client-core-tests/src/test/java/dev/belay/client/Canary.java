package dev.belay.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A value that is nowhere else, and all the forms in which it may come out. */
final class Canary {
  private static final int AROUND = 100;

  /** What is left of it, whatever a URL makes of the rest. */
  private final String core;

  final String value;
  private final List<String> forms = new ArrayList<>();

  Canary(String core) {
    this.core = core;
    value = core + "/+x=" + core;
    byte[] bytes = core.getBytes(StandardCharsets.US_ASCII);
    forms.add(HexFormat.of().formatHex(bytes));
    for (int shift = 0; shift < 3; shift++) {
      forms.add(inBase64(bytes, shift).toLowerCase(Locale.ROOT));
    }
    forms.add(core.toLowerCase(Locale.ROOT));
  }

  /** Without the signs at its ends, which depend on what is beside it. */
  private static String inBase64(byte[] bytes, int shift) {
    byte[] shifted = new byte[bytes.length + shift];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    return text.substring(shift == 0 ? 0 : 4, text.length() - 2);
  }

  /** Where it is, with what is around it; nothing where it is not. */
  Stream<String> in(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return forms.stream()
        .mapToInt(lower::indexOf)
        .filter(at -> at >= 0)
        .mapToObj(at -> around(text, at))
        .limit(1);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND));
  }

  /** Also one character in two bytes. */
  Stream<String> in(byte[] bytes) {
    String single = new String(bytes, StandardCharsets.ISO_8859_1);
    return Stream.concat(in(single), in(single.replace("\0", "")));
  }

  /** With all that hangs on it: as text, and as it goes to other machines. */
  static String all(Throwable failure) throws IOException {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    return failure + "\n" + text + bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return "canary " + core.length();
  }
}
