package dev.belay.testkit;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** Writes down what happened, on the thread that makes the call. */
final class RecordingListener extends EventListener {

  private final List<String> events;

  RecordingListener(List<String> events) {
    this.events = events;
  }

  @Override
  public void callStart(Call call) {
    events.add("callStart");
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    events.add("connectEnd");
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    events.add("connectionAcquired");
  }

  @Override
  public void responseBodyEnd(Call call, long bytes) {
    events.add("responseBodyEnd");
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    events.add("connectionReleased");
  }

  @Override
  public void callEnd(Call call) {
    events.add("callEnd");
  }
}
