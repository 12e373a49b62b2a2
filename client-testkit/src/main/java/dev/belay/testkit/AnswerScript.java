package dev.belay.testkit;

import java.util.List;

/**
 * What goes on the wire for one {@link Answer}, apart from when it starts and whether it closes.
 */
sealed interface AnswerScript {

  /** Bytes that are sent as they are. */
  record Raw(Payload payload) implements AnswerScript {
    @Override
    public String toString() {
      return "raw, " + payload;
    }
  }

  /** The ways to say nothing. */
  enum Silence implements AnswerScript {
    /** The connection stays open and quiet. */
    STALL,
    /** The connection ends. */
    HANG_UP,
    /** The connection breaks. */
    RESET
  }

  /** An ordinary HTTP answer. */
  record Reply(int status, List<Field> fields, Payload body, Framing framing)
      implements AnswerScript {

    boolean hasField(String name) {
      return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /** RFC 9110 sections 6.4.1 and 15: neither 204 nor 304 has content. */
    boolean hasContent() {
      return status != 204 && status != 304;
    }

    @Override
    public String toString() {
      return status + ", " + body;
    }
  }

  /** One header field of a reply. */
  record Field(String name, String value) {}
}
