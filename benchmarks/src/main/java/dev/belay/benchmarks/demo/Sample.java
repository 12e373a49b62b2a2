package dev.belay.benchmarks.demo;

/** How far a worker is, and what it has open, as it sees itself. */
record Sample(int done, long descriptors, int connections) {}
