package dev.belay.client;

import java.time.Duration;

/** What a pool was built with. */
record PoolSettings(
    String name,
    int maxConnections,
    int maxIdle,
    Duration idleTime,
    Duration maxAge,
    int maxQueue,
    Duration maxWait,
    TrackingLevel tracking) {}
