package dev.belay.testkit;

/**
 * Who opened, or used last, a connection of a client that is not ours.
 *
 * @param openedAt with the stack of the call's start
 * @param thread the name of the thread that started the call
 * @param what such as {@code GET http://127.0.0.1:4711/x}, without the query
 * @param ended whether the answer was read or closed, or the call has failed
 */
record Opener(Throwable openedAt, String thread, String what, boolean ended) {}
