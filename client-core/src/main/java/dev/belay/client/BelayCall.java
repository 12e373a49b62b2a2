package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A call as OkHttp's users know it, with retry, deadline, limits and lease of its client. */
final class BelayCall implements Call {
  private final ClientState client;
  private final Request request;
  private final CallOptions options;
  private final Timeout timeout = new Timeout();
  private final AtomicBoolean executed = new AtomicBoolean();
  private final ConcurrentMap<Class<?>, Object> tags = new ConcurrentHashMap<>();

  /** Composed by any thread before the call starts, read once by its start. */
  private final AtomicReference<EventListener> added = new AtomicReference<>(EventListener.NONE);

  /** Set once, by the start; a cancel before it is found by the start, one after it finds this. */
  private volatile @Nullable CallEntry entry;

  private volatile boolean canceled;

  BelayCall(ClientState client, Request request) {
    this.client = client;
    this.request = request;
    CallOptions tagged = request.tag(CallOptions.class);
    options = tagged == null ? CallOptions.defaults() : tagged;
    timeout.timeout(deadline().toNanos(), TimeUnit.NANOSECONDS);
  }

  EventListener listener(EventListener.@Nullable Factory factory) {
    EventListener own = Objects.requireNonNull(added.get());
    return factory == null ? own : factory.create(this).plus(own);
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response execute() throws IOException {
    CallEntry call = begin(new ThreadWaker());
    return client.handOut(call, client.drive(call));
  }

  @Override
  public void enqueue(Callback callback) {
    CallbackDrive drive = new CallbackDrive(callback);
    CallEntry call;
    try {
      call = begin(drive);
    } catch (IOException e) {
      drive.callBack(() -> callback.onFailure(this, e));
      return;
    }
    drive.start(client.wayOf(call), call);
  }

  private CallEntry begin(Waker waker) throws IOException {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("a call runs once; clone() it to run it again");
    }
    Throwable place = Tracking.ofOpen(client.pool.settings.tracking());
    return client.begin(request, withTimeout(), waker, place, this);
  }

  /** What is cancelled with this call from now on; at once, if it was cancelled before. */
  void runsAs(CallEntry begun) {
    entry = begun;
    if (canceled) {
      cancel();
    }
  }

  /** The nearest of the deadline and what its owner set here; zero sets nothing. */
  private CallOptions withTimeout() {
    long nanos = Long.MAX_VALUE;
    if (timeout.timeoutNanos() > 0) {
      nanos = timeout.timeoutNanos();
    }
    if (timeout.hasDeadline()) {
      nanos = Math.min(nanos, Math.max(1, timeout.deadlineNanoTime() - System.nanoTime()));
    }
    Duration own = Duration.ofNanos(nanos);
    return own.compareTo(deadline()) < 0 ? options.withDeadline(own) : options;
  }

  private Duration deadline() {
    return options.deadline().orElse(client.settings.times().deadline());
  }

  /** Hands the response to a callback, which may keep it and its thread for as long as it likes. */
  private final class CallbackDrive extends AsyncDrive {
    private final Callback callback;

    CallbackDrive(Callback callback) {
      super(client);
      this.callback = callback;
    }

    @Override
    void answered(CallEntry call, Response answer) {
      // Not handed out here: that may end the call, and tell its listeners, when the connection is
      // the next call's already.
      callBack(() -> received(call, client.handOut(call, answer)));
    }

    private void received(CallEntry call, Response response) {
      try {
        callback.onResponse(BelayCall.this, response);
      } catch (IOException e) {
        Log.CALL.info("the callback of {} failed", call, e);
      } catch (RuntimeException | Error e) {
        cancel(); // nobody may be left to close the response
        throw e;
      }
    }

    @Override
    void failed(CallEntry call, Throwable failure) {
      IOException io = Failures.asIo(failure);
      call.end(io);
      callback.onFailure(BelayCall.this, io);
    }
  }

  @Override
  public void cancel() {
    canceled = true;
    CallEntry running = entry;
    if (running != null && running.cut(new Cut.Cancelled("cancelled"))) {
      running.events.tell(EventListener::canceled);
    }
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public boolean isCanceled() {
    return canceled;
  }

  /** The total deadline, which can be brought nearer here; changes before the start count. */
  @Override
  public Timeout timeout() {
    return timeout;
  }

  @Override
  public void addEventListener(EventListener listener) {
    added.updateAndGet(before -> before.plus(listener));
  }

  @Override
  public <T> @Nullable T tag(KClass<T> type) {
    return tag(JvmClassMappingKt.getJavaObjectType(type));
  }

  @Override
  public <T> @Nullable T tag(Class<? extends T> type) {
    Object own = tags.get(type);
    return own != null ? type.cast(own) : request.tag(type);
  }

  @Override
  public <T> T tag(KClass<T> type, Function0<? extends T> first) {
    return tag(JvmClassMappingKt.getJavaObjectType(type), first);
  }

  @Override
  public <T> T tag(Class<T> type, Function0<? extends T> first) {
    T own = tag(type);
    return own != null ? own : type.cast(tags.computeIfAbsent(type, t -> first.invoke()));
  }

  /** A call of the same request that has not run. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Call clone() {
    return new BelayCall(client, request);
  }

  @Override
  public String toString() {
    return client.settings.secrets().mask(Text.of(request), Secrets.known(request));
  }
}
