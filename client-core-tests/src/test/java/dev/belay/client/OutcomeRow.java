package dev.belay.client;

import java.util.List;

/** A row of the outcome table: one thing that can happen to a request, in one way or several. */
record OutcomeRow(int number, String name, List<OutcomeCase> cases) {
  static OutcomeRow row(int number, String name, OutcomeCase... cases) {
    return new OutcomeRow(number, name, List.of(cases));
  }
}
