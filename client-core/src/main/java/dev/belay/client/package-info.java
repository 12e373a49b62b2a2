/**
 * HTTP clients that cannot outlive their scope.
 *
 * <p>The tree of everything that can be open: {@link dev.belay.client.BoundedPool} owns the
 * connections, {@link dev.belay.client.BelayClient} the policies, {@link
 * dev.belay.client.CallScope} a part of its calls, and a call the answer that it was given. Closing
 * a node closes everything below it.
 */
package dev.belay.client;
