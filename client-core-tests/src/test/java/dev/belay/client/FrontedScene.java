package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** A scene whose client speaks TLS or HTTP/2 to somebody who passes it on. */
record FrontedScene(CloseScene scene, Wire wire, Front front) implements CloseScene {
  static CloseScene of(CloseScene scene, Wire wire) throws IOException {
    return wire == Wire.CLEAR
        ? scene
        : new FrontedScene(scene, wire, new Front(wire, scene.request(0).url()));
  }

  @Override
  public BelayClientBuilder client() {
    return wire.applyTo(scene.client());
  }

  @Override
  public Request request(int call) {
    Request clear = scene.request(call);
    HttpUrl.Builder url = clear.url().newBuilder();
    String host = clear.url().host().equals("127.0.0.1") ? "127.0.0.1" : "localhost";
    return clear.newBuilder().url(url.scheme("https").host(host).port(port()).build()).build();
  }

  @Override
  public Set<Integer> heads() {
    return wire == Wire.HTTP_2 ? front.heads() : scene.heads();
  }

  @Override
  public void clientIsClosed() {
    scene.clientIsClosed();
  }

  @Override
  public void awaitNoneOpen(Duration limit) throws InterruptedException {
    front.awaitNoneOpen(limit);
  }

  @Override
  public int port() {
    return front.port();
  }

  @Override
  public void close() throws IOException {
    front.close();
    scene.close();
  }
}
