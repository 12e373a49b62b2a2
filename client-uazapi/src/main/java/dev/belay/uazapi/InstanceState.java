package dev.belay.uazapi;

import java.util.Locale;

/** The state of an instance. Only {@link #CONNECTED} sends messages. */
public enum InstanceState {
  /** Logged in to WhatsApp. */
  CONNECTED,
  /** Waits for its QR or pair code to be accepted. */
  CONNECTING,
  /** Logged out, by us, by the phone or by WhatsApp. */
  DISCONNECTED,
  /** Paused, with its credentials kept. */
  HIBERNATED,
  /** Not asked, or a word that this version does not know: never taken for connected. */
  UNKNOWN;

  static InstanceState of(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "connected" -> CONNECTED;
      case "connecting" -> CONNECTING;
      case "disconnected" -> DISCONNECTED;
      case "hibernated" -> HIBERNATED;
      default -> UNKNOWN;
    };
  }
}
