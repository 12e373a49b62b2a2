package dev.belay.client;

/**
 * How much a pool remembers of where its calls, clients and responses were opened.
 *
 * <p>Every level counts exactly and finds every leak; the level only decides how often the stack of
 * the opener is taken (1 to 4 microseconds each), which is what names the line of code.
 */
public enum TrackingLevel {
  /** Nothing is remembered of the openers, and nobody is warned of what is held for too long. */
  OFF,
  /** The names of the openers' threads, and no stacks. */
  COUNT,
  /** The stack of one call in 128, and of every client, pool and response that stays open. */
  SAMPLED,
  /** The stack of every call. For tests and for hunting a leak. */
  FULL
}
