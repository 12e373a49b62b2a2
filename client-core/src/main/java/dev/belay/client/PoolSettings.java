package dev.belay.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a pool was built with. One that a client owns is reported as that client. */
record PoolSettings(
    String name,
    int maxConnections,
    int maxConnectionsPerOrigin,
    int maxIdle,
    Duration idleTime,
    Duration maxAge,
    int maxQueue,
    Duration maxWait,
    TrackingLevel tracking,
    Duration leakThreshold,
    @Nullable LifecycleListener listener,
    boolean ownedByClient) {}
