package dev.belay.testkit;

import java.time.Duration;

/**
 * A connection as the server's end sees it.
 *
 * @param clientPort the client's local port, which joins ledger, event listener and kernel
 * @param request such as {@code GET /x}, the last request without its query; empty when none came
 * @param agent the {@code User-Agent} of that request, or empty
 * @param answering whether the server still works on an answer, or has bytes of it that the client
 *     has not taken; a small answer that the client has not read may be in the kernel's buffers
 *     only, where {@link KernelSockets#view} finds it
 * @param requests how many requests came in on it
 * @param age since it was accepted
 */
record PeerConnection(
    int clientPort, String request, String agent, boolean answering, int requests, Duration age) {}
