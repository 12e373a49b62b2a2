package dev.belay.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Tells {@link Openers} of one call. */
final class OkHttpOpener extends ForwardingEventListener {

  // Written by callStart on the caller's thread, read on the thread that runs the call.
  private volatile Openers.@Nullable Call opened;

  // By their local ports; concurrent, because OkHttp cancels and fails calls from any thread.
  private final Map<Integer, Openers.Call> held = new ConcurrentHashMap<>();

  OkHttpOpener(EventListener other) {
    super(other);
  }

  @Override
  public void callStart(Call call) {
    opened = opening(call);
    super.callStart(call);
  }

  private static Openers.Call opening(Call call) {
    Request request = call.request();
    HttpUrl url = request.url();
    String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
    return new Openers.Call(
        request.method()
            + " "
            + url.scheme()
            + "://"
            + host
            + ":"
            + url.port()
            + url.encodedPath());
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    Openers.Call opener = opened;
    if (opener == null) {
      // Only if somebody else calls these methods by hand.
      opener = opening(call);
      opened = opener;
    }
    Socket socket = connection.socket();
    held.put(socket.getLocalPort(), opener);
    Openers.acquired(connection, socket.getLocalPort(), socket.getPort(), opener);
    super.connectionAcquired(call, connection);
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    release(connection.socket().getLocalPort());
    super.connectionReleased(call, connection);
  }

  @Override
  public void callEnd(Call call) {
    held.keySet().forEach(this::release);
    super.callEnd(call);
  }

  @Override
  public void callFailed(Call call, IOException ioe) {
    held.keySet().forEach(this::release);
    super.callFailed(call, ioe);
  }

  private void release(int clientPort) {
    Openers.Call opener = held.remove(clientPort);
    if (opener != null) {
      Openers.released(clientPort, opener);
    }
  }
}
