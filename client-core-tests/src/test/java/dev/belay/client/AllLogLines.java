package dev.belay.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * All that is logged until this is closed, at every level: by us, by OkHttp and by the platform.
 */
final class AllLogLines implements AutoCloseable {
  private static final int TRACE = 0;

  private final LogLines ours = new LogLines();
  private final List<String> others = new CopyOnWriteArrayList<>();
  private final List<Runnable> undo = new ArrayList<>();

  private final Handler handler =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
          if (String.valueOf(line.getLoggerName()).startsWith("mockwebserver3")) {
            return; // a server knows what it was told
          }
          StringWriter text = new StringWriter();
          text.write(line.getLoggerName() + " " + formatter.format(line));
          if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text));
          }
          others.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  AllLogLines() throws ReflectiveOperationException {
    for (Field field : Log.class.getDeclaredFields()) {
      if (field.get(null) instanceof org.slf4j.Logger logger) {
        trace(logger);
      }
    }
    listen("");
    for (String name : List.of("okhttp3.OkHttpClient", "okhttp3.internal.http2.Http2")) {
      listen(name);
    }
    listen("okhttp3.internal.concurrent.TaskRunner");
  }

  /** The simple logger reads its level when it is made. */
  private void trace(org.slf4j.Logger logger) throws ReflectiveOperationException {
    Field level = logger.getClass().getDeclaredField("currentLogLevel");
    level.setAccessible(true);
    Object before = level.get(logger);
    level.set(logger, TRACE);
    undo.add(
        () -> {
          try {
            level.set(logger, before);
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void listen(String name) {
    Logger logger = Logger.getLogger(name);
    Level before = logger.getLevel();
    logger.setLevel(Level.ALL);
    if (name.isEmpty()) {
      handler.setLevel(Level.ALL);
      logger.addHandler(handler);
    }
    undo.add(
        () -> {
          logger.setLevel(before);
          logger.removeHandler(handler);
        });
  }

  List<String> lines() {
    List<String> all = new ArrayList<>(ours.of(""));
    all.addAll(others);
    return all;
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
    ours.close();
  }
}
