/**
 * A client of Uazapi, the WhatsApp HTTP API, that says of every send whether it may be repeated.
 *
 * <p>The JSON library underneath is an implementation detail; no type of it is in the API.
 */
@org.jspecify.annotations.NullMarked
module dev.belay.uazapi {
  exports dev.belay.uazapi;

  requires transitive dev.belay.client;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
}
