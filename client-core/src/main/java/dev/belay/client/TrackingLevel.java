package dev.belay.client;

/**
 * How much a pool remembers of where its calls, clients and responses were opened.
 *
 * <p>Default: {@link #SAMPLED}. Every level lists everything that is open, and takes back what its
 * deadline or a close ends. The level decides how often the stack of the opener is taken (1 to 4
 * microseconds each), which is what names the line of code. {@link BoundedPool#trackEverything}
 * takes every stack for a while, whatever the level.
 */
public enum TrackingLevel {
  /**
   * Nothing is remembered of the openers, and what is held for longer than the leak threshold is
   * neither warned of nor counted as leaked.
   */
  OFF,
  /** The names of the openers' threads, and no stacks. */
  COUNT,
  /**
   * Of one call in 128 the stack; of every handed-out response too; of every pool, client and scope
   * the nearest eight frames.
   */
  SAMPLED,
  /** The whole stack of everything. For tests and for hunting a leak. */
  FULL
}
