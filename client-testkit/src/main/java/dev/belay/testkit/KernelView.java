package dev.belay.testkit;

/**
 * A TCP socket of this process as the kernel sees it.
 *
 * @param descriptor its number in this process
 * @param state the name of its state, such as {@code ESTABLISHED} or {@code CLOSE_WAIT}
 * @param unread how many bytes have arrived that the process has not read
 */
record KernelView(int descriptor, String state, long unread) {
  String text() {
    String waiting = unread > 0 ? ", " + unread + " bytes unread" : "";
    return state + waiting + ", descriptor " + descriptor;
  }
}
