package dev.belay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.concurrent.TaskRunner;
import okhttp3.internal.connection.BufferedSocketKt;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.Header;
import okhttp3.internal.http2.Http2Connection;
import okhttp3.internal.http2.Http2Stream;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Makes an HTTP/1.1 request of each HTTP/2 stream, and a stream of each answer. */
final class Http2Translator implements Peer {
  private static final int CHUNK = 8 * 1024;
  private static final long LOOK_MILLIS = 5;
  private static final long IDLE_MILLIS = 50;

  /** The paths of those who want to know whether their head has come. */
  private static final Pattern NUMBER = Pattern.compile("/[0-9]+");

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "transfer-encoding");

  /**
   * OkHttp's own keeps for a minute the threads of as many streams as there were at once, which
   * would pass for a leak of the client's.
   */
  private static final TaskRunner TASKS =
      new TaskRunner(idlingShortly(), TaskRunner.Companion.getLogger());

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .retryOnConnectionFailure(false)
          .followRedirects(false)
          .readTimeout(Duration.ZERO)
          .writeTimeout(Duration.ZERO)
          .build();
  private final Map<Http2Stream, Call> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private final HttpUrl server;

  Http2Translator(HttpUrl server) {
    this.server = server;
    Object unused =
        looks.scheduleWithFixedDelay(
            this::endWhatNobodyWaitsFor, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static TaskRunner.Backend idlingShortly() {
    TaskRunner.RealBackend threads = new TaskRunner.RealBackend(Http2Translator::daemon);
    threads.getExecutor().setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    return threads;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "front streams");
    thread.setDaemon(true);
    return thread;
  }

  /** Nobody tells that a stream was reset while its answer is not there. */
  private void endWhatNobodyWaitsFor() {
    running.forEach(
        (stream, call) -> {
          if (!stream.isOpen()) {
            call.cancel();
          }
        });
  }

  Set<Integer> heads() {
    return paths.stream()
        .map(path -> Integer.valueOf(path.substring(1)))
        .collect(Collectors.toSet());
  }

  @Override
  public void serve(SSLSocket socket) throws IOException {
    speak(socket, this::translate);
  }

  /** What is done about a stream, on a thread of its own. */
  interface Streams {
    void opened(Http2Stream stream) throws IOException;
  }

  static void speak(SSLSocket socket, Streams streams) throws IOException {
    Http2Connection connection =
        new Http2Connection.Builder(false, TASKS)
            .socket(BufferedSocketKt.asBufferedSocket(socket), "front")
            .listener(
                new Http2Connection.Listener() {
                  @Override
                  public void onStream(Http2Stream stream) throws IOException {
                    streams.opened(stream);
                  }
                })
            .build();
    connection.start();
  }

  private void translate(Http2Stream stream) throws IOException {
    Headers head = stream.takeHeaders(false);
    String path = Objects.requireNonNull(head.get(Header.TARGET_PATH_UTF8));
    if (NUMBER.matcher(path).matches()) {
      paths.add(path);
    }
    HttpUrl url = Objects.requireNonNull(server.resolve(path));
    String method = Objects.requireNonNull(head.get(Header.TARGET_METHOD_UTF8));
    Call call =
        client.newCall(
            new Request.Builder()
                .url(url)
                .method(method, method.equals("GET") ? null : new Passed(stream))
                .build());
    running.put(stream, call);
    try (Response answer = call.execute()) {
      stream.writeHeaders(headOf(answer), false, true);
      pass(answer.body().source(), Okio.buffer(stream.getSink()));
    } catch (IOException e) {
      stream.closeLater(ErrorCode.INTERNAL_ERROR);
    } finally {
      running.remove(stream);
    }
  }

  private static List<Header> headOf(Response answer) {
    List<Header> head = new ArrayList<>();
    head.add(new Header(Header.RESPONSE_STATUS, "" + answer.code()));
    answer
        .headers()
        .forEach(
            field -> {
              String name = field.getFirst().toLowerCase(Locale.ROOT);
              if (!OF_THE_CONNECTION.contains(name)) {
                head.add(new Header(name, field.getSecond()));
              }
            });
    return head;
  }

  /** Each piece as it comes. */
  private static void pass(BufferedSource from, BufferedSink to) throws IOException {
    Buffer piece = new Buffer();
    try {
      while (from.read(piece, CHUNK) != -1) {
        to.write(piece, piece.size());
        to.flush();
      }
    } finally {
      Front.closeQuietly(to); // which may throw what the stream has thrown before, the very same
    }
  }

  /** A body that is read from its stream while it is sent on. */
  private static final class Passed extends RequestBody {
    private final Http2Stream stream;

    Passed(Http2Stream stream) {
      this.stream = stream;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (BufferedSource source = Okio.buffer(stream.getSource())) {
        long unused = sink.writeAll(source);
      }
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
    running.values().forEach(Call::cancel);
    client.connectionPool().evictAll();
  }
}
