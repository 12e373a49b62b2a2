package dev.belay.client;

import java.time.Duration;

/** What a pool was built with. One that a client owns is reported as that client. */
record PoolSettings(
    String name,
    int maxConnections,
    int maxIdle,
    Duration idleTime,
    Duration maxAge,
    int maxQueue,
    Duration maxWait,
    TrackingLevel tracking,
    boolean ownedByClient) {}
