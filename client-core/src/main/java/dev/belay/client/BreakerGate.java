package dev.belay.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** The circuit breakers of one client, one for each origin: nobody waits here. */
final class BreakerGate implements Gate {
  private final String client;
  private final CircuitBreakerPolicy policy;
  private final Origins origins;
  private final NanoClock clock;

  BreakerGate(String client, CircuitBreakerPolicy policy, Origins origins, NanoClock clock) {
    this.client = client;
    this.policy = policy;
    this.origins = origins;
    this.clock = clock;
  }

  @Override
  public Phase phase() {
    return Phase.BREAKER;
  }

  @Override
  public boolean passesOn() {
    return false;
  }

  @Override
  public void look(CallEntry call) throws LimitReachedException {
    OriginBreaker breaker = of(call);
    if (breaker.isOpen()) {
      call.phase = phase();
      throw breaker.refusal(call);
    }
  }

  @Override
  public Ticket enter(CallEntry call) throws LimitReachedException {
    OriginBreaker breaker = of(call);
    CircuitBreaker.Metrics era = breaker.acquire();
    if (era == null) {
      throw breaker.refusal(call);
    }
    BreakerPass pass = new BreakerPass(this, call, breaker, era);
    boolean unused = pass.grant();
    call.attempts.permitted(pass);
    return pass;
  }

  private OriginBreaker of(CallEntry call) {
    return origins
        .of(call)
        .breaker(() -> new OriginBreaker(client, call.route.origin(), policy, clock));
  }

  /** The pass gave its permission back. */
  @Override
  public void takeBack(Ticket ticket, boolean clean) {}

  @Override
  public void forget(Ticket ticket) {}

  @Override
  public void expire(Ticket ticket) {}
}
