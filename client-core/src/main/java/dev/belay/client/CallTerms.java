package dev.belay.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call may do, by its client and its options.
 *
 * @param keyed whether the server recognises a repetition by a key, which the request carries
 * @param idle how long a stream may be silent; null for a call that its deadline ends
 */
record CallTerms(
    boolean idempotent,
    boolean keyed,
    Duration deadline,
    RetryPolicy retry,
    @Nullable Duration idle) {}
