/** Shows, in a minute, what a worker does without Belay and what it does with it. */
@NullMarked
package dev.belay.benchmarks.demo;

import org.jspecify.annotations.NullMarked;
