package dev.belay.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the closes at one moment took and did. */
final class CloseTally {
  private final CloseMoment moment;
  private final List<Duration> took = new ArrayList<>();
  private final Map<String, Integer> endings = new TreeMap<>();
  private int hits;
  private int unseen;
  private int calls;

  CloseTally(CloseMoment moment) {
    this.moment = moment;
  }

  /**
   * What one round gave; the time is without what the machine stalled.
   *
   * @param unseen how many calls are unknown although the server saw no head of them
   */
  record Round(Duration took, List<CloseEnding> endings, int unseen) {}

  void add(Round round) {
    took.add(round.took);
    unseen += round.unseen;
    calls += round.endings.size();
    round.endings.forEach(ending -> endings.merge(ending.kind(), 1, Integer::sum));
    if (round.endings.stream().anyMatch(ending -> ending.isIn(moment))) {
      hits++;
    }
  }

  int rounds() {
    return took.size();
  }

  /** The share of calls that could have been told that they were not sent. */
  double unseen() {
    return (double) unseen / calls;
  }

  int hits() {
    return hits;
  }

  @Override
  public String toString() {
    return rounds()
        + " rounds, in the state "
        + hits
        + ", close took "
        + percentile(50)
        + " ms (median) to "
        + percentile(100)
        + " ms without stalls of the machine, "
        + endings
        + ", unknown without a head "
        + unseen;
  }

  private long percentile(int percent) {
    List<Duration> sorted = new ArrayList<>(took);
    Collections.sort(sorted);
    return took.isEmpty() ? 0 : sorted.get((took.size() - 1) * percent / 100).toMillis();
  }
}
