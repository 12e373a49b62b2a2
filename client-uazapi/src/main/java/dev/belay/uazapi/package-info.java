/**
 * A client of Uazapi (API 2.1.1), built on {@code dev.belay.client}.
 *
 * <p>Start with {@link dev.belay.uazapi.UazapiClient}. Operations come in groups; sends return a
 * {@link dev.belay.uazapi.SendResult}, everything else a record or a {@link
 * dev.belay.uazapi.UazapiException}. Fields that the server adds later are ignored.
 */
@org.jspecify.annotations.NullMarked
package dev.belay.uazapi;
