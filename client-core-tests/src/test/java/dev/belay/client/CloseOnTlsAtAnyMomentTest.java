package dev.belay.client;

class CloseOnTlsAtAnyMomentTest extends CloseAtAnyMoment {
  CloseOnTlsAtAnyMomentTest() {
    super(Wire.TLS);
  }
}
