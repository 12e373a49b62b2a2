package dev.belay.client;

/** Elapsed time in nanoseconds from an arbitrary origin, as {@link System#nanoTime()} tells it. */
@FunctionalInterface
interface NanoClock {
  NanoClock SYSTEM = System::nanoTime;

  long nanos();
}
