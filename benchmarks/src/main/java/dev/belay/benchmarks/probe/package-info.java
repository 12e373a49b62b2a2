/** Points a Belay client at any server and says what every call did. */
@NullMarked
package dev.belay.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
