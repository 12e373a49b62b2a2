/** What the demo, the probe and the measurements share. */
@NullMarked
package dev.belay.benchmarks;

import org.jspecify.annotations.NullMarked;
