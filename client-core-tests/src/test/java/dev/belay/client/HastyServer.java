package dev.belay.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** A server in clear text that does not wait for the body of a request, or not even for a head. */
final class HastyServer implements FailingServer {
  private static final int SMALL = 4 * 1024;

  private final ServerSocket listener = new ServerSocket();

  /** Nobody is left who would wait for it. */
  private final CountDownLatch left = new CountDownLatch(1);

  private final OpenSockets open = new OpenSockets();
  private final List<Headers> heads = new CopyOnWriteArrayList<>();
  private final Script script;

  /** What it does about a connection, which it closes afterwards. */
  @FunctionalInterface
  interface Script {
    void play(HastyServer server, Socket client) throws IOException;
  }

  HastyServer(Script script) throws IOException {
    this.script = script;
    listener.setReceiveBufferSize(SMALL);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Front.start("hasty server", this::accept);
  }

  /** Reads a head and a little of what follows, and closes over the rest of it. */
  static void breakOff(HastyServer server, Socket client) throws IOException {
    server.readHead(client.getInputStream());
    int unused = client.getInputStream().read();
  }

  /** Reads no further than that, and waits for the client to give up. */
  static void stopReading(HastyServer server, Socket client) throws IOException {
    breakOff(server, client);
    try {
      server.left.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void refuseTunnel(HastyServer server, Socket client) throws IOException {
    String unused = Tunnel.head(client.getInputStream());
    client.getOutputStream().write(head(502));
  }

  private static byte[] head(int status) {
    String head = "HTTP/1.1 " + status + " \r\nContent-Length: 0\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /** Answers a head, and listens for what does not come. */
  static Script answering(int status) {
    return (server, client) -> {
      InputStream in = client.getInputStream();
      server.readHead(in);
      client.getOutputStream().write(head(status));
      server.expectNothingOf(in);
    };
  }

  private void readHead(InputStream in) throws IOException {
    heads.add(headers(Tunnel.head(in)));
  }

  private static Headers headers(String head) {
    Headers.Builder fields = new Headers.Builder();
    head.lines().skip(1).filter(line -> !line.isEmpty()).forEach(fields::add);
    return fields.build();
  }

  private void expectNothingOf(InputStream in) throws IOException {
    if (in.read() >= 0) {
      heads.add(ScriptedStreams.UNASKED);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.opened(client);
        Front.start("hasty server's connection", () -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try {
      script.play(this, client);
    } catch (IOException e) {
      // The client's end of it.
    } finally {
      Front.closeQuietly(client);
      open.closed(client);
    }
  }

  @Override
  public HttpUrl url() {
    return HttpUrl.get("http://127.0.0.1:" + listener.getLocalPort() + "/outcome");
  }

  @Override
  public List<Headers> heads() {
    return heads;
  }

  @Override
  public int connections() {
    return open.total();
  }

  @Override
  public void awaitNoneOpen() throws InterruptedException {
    left.countDown();
    open.awaitNone(PATIENCE);
  }

  @Override
  public void close() throws IOException {
    left.countDown();
    listener.close();
    open.closeAll();
  }
}
