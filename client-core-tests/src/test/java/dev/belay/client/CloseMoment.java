package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The states that a call can be in when its client is closed. */
enum CloseMoment {
  WAITING,
  CONNECTING,
  SENDING,
  AWAITING_HEAD,
  READING_BODY,
  BACKING_OFF,
  ASYNC_IN_QUEUE;

  /** How the calls are made that are to get there. */
  List<CallWay> ways() {
    CallWay[] blocking = {CallWay.SEND, CallWay.OPEN, CallWay.SEND, CallWay.OPEN};
    CallWay[] queued = {CallWay.ASYNC, CallWay.ENQUEUE, CallWay.ASYNC, CallWay.ENQUEUE};
    return switch (this) {
      case WAITING -> List.of(blocking);
      case ASYNC_IN_QUEUE -> List.of(queued);
      default -> List.of(CallWay.values());
    };
  }

  /** Whether a call that was closed in this phase was in the state. */
  boolean has(Phase phase) {
    return switch (phase) {
      case ADMISSION, BULKHEAD, POOL -> this == WAITING || this == ASYNC_IN_QUEUE;
      case DNS, CONNECT, TLS -> this == CONNECTING;
      case REQUEST -> this == SENDING;
      case RESPONSE -> this == AWAITING_HEAD;
      case BODY -> this == READING_BODY;
      case BACK_OFF, ORIGIN_PAUSE -> this == BACKING_OFF;
      case RATE, BREAKER, TOKEN -> false;
    };
  }

  /**
   * A server that brings calls there.
   *
   * @param lead how long the calls take up to the entry of the state, or where that is at once, up
   *     to its end; zero for not at all
   */
  CloseScene open(Wire wire, Random random, Duration lead) throws IOException {
    if (this == CONNECTING && random.nextInt(3) > 0) {
      return random.nextBoolean() ? CloseScenes.silentTls(lead) : CloseScenes.fullBacklog(lead);
    }
    return FrontedScene.of(open(random, lead), wire);
  }

  private CloseScene open(Random random, Duration lead) throws IOException {
    return switch (this) {
      case WAITING, ASYNC_IN_QUEUE -> CloseScenes.queue(random, lead);
      case CONNECTING -> CloseScenes.slowLookUp(random);
      case SENDING -> CloseScenes.deafServer(lead);
      case AWAITING_HEAD -> CloseScenes.noAnswer(lead);
      case READING_BODY -> CloseScenes.slowBody(random, lead);
      case BACKING_OFF -> CloseScenes.refusals(random, lead);
    };
  }
}
