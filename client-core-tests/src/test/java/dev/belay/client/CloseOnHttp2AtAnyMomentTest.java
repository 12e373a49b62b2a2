package dev.belay.client;

class CloseOnHttp2AtAnyMomentTest extends CloseAtAnyMoment {
  CloseOnHttp2AtAnyMomentTest() {
    super(Wire.HTTP_2);
  }
}
