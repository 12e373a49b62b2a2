/**
 * What a test needs to say that an HTTP client left nothing open, in the words of the other side.
 *
 * <p>Three witnesses, none of which asks the client:
 *
 * <ul>
 *   <li>{@link dev.belay.testkit.TestServer} counts the connections that it accepted and that
 *       nobody has closed; it also answers late, in pieces, half or not at all.
 *   <li>{@link dev.belay.testkit.FakeUazapi} is such a server that speaks the WhatsApp API of
 *       Uazapi and keeps what it was sent.
 *   <li>{@link dev.belay.testkit.KernelSockets} reads from the Linux kernel which sockets this
 *       process has.
 * </ul>
 */
package dev.belay.testkit;
