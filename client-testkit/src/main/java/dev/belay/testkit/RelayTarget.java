package dev.belay.testkit;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where a relay leads to, which does not change once somebody was led there. */
final class RelayTarget {

  // Set by whoever configures the relay, marked as used by the intake thread; atomic.
  private final AtomicReference<Aim> aim = new AtomicReference<>(new Aim(null, false));

  private record Aim(@Nullable InetSocketAddress address, boolean used) {
    Aim inUse() {
      return new Aim(address, address != null);
    }
  }

  void set(InetSocketAddress address) {
    Aim before = aim.getAndUpdate(now -> now.used() ? now : new Aim(address, false));
    if (before.used()) {
      throw new IllegalStateException(
          "the target must be set before the first connection, but one was relayed to "
              + this
              + "; refused: "
              + text(address));
    }
  }

  /**
   * From now on nobody can change it.
   *
   * @throws IllegalStateException if there is none
   */
  InetSocketAddress use() {
    InetSocketAddress address = aim.getAndUpdate(Aim::inUse).address();
    if (address == null) {
      throw new IllegalStateException(
          "a relay needs a target: call to(…) before a client connects");
    }
    return address;
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  @Override
  public String toString() {
    InetSocketAddress address = aim.get().address();
    return address == null ? "nothing" : text(address);
  }
}
