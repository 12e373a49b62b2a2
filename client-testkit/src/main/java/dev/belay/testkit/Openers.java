package dev.belay.testkit;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who opened the connections of clients that are not ours, told by a listener in them. One registry
 * for the whole process, because a port belongs to one connection at a time whoever runs.
 *
 * <p>A connection leaves it when its client has dropped the object that stands for it, when its
 * port belongs to another one, or when many newer ones came.
 */
final class Openers {

  private static final int MOST = 4096;

  private static final ReentrantLock LOCK = new ReentrantLock();

  // Guarded by LOCK: written by the listeners' threads, read for verdicts. The oldest first.
  private static final Map<Integer, Line> LINES = new LinkedHashMap<>();

  private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<>();

  private Openers() {}

  /** Identity tells calls apart. */
  static final class Call {
    private final Throwable openedAt = new OpenedHere();
    private final String thread = Thread.currentThread().getName();
    private final String what;

    /** Takes the stack of the calling thread, which becomes text only if it is reported. */
    Call(String what) {
      this.what = what;
    }

    private Opener opener(boolean ended) {
      return new Opener(openedAt, thread, what, ended);
    }
  }

  /** A stack and nothing else. */
  private static final class OpenedHere extends Throwable {
    private static final long serialVersionUID = 1;

    OpenedHere() {
      super("opened here", null, false, true);
    }
  }

  /** One connection. The call that used it last is known for as long as it is, at rest too. */
  private static final class Line extends WeakReference<Object> {
    private final int clientPort;
    private final int remotePort;
    private final Set<Call> running = new LinkedHashSet<>();
    private Call latest;

    Line(Object connection, int clientPort, int remotePort, Call first) {
      super(connection, DROPPED);
      this.clientPort = clientPort;
      this.remotePort = remotePort;
      this.latest = first;
    }

    boolean isOf(Object connection) {
      return refersTo(connection);
    }

    Opener opener() {
      Iterator<Call> oldest = running.iterator();
      return oldest.hasNext() ? oldest.next().opener(false) : latest.opener(true);
    }
  }

  /** From now on this call uses this connection, which is held weakly. */
  static void acquired(Object connection, int clientPort, int remotePort, Call call) {
    LOCK.lock();
    try {
      forgetDropped();
      Line line = LINES.get(clientPort);
      if (line == null || !line.isOf(connection)) {
        line = new Line(connection, clientPort, remotePort, call);
        LINES.remove(clientPort);
        LINES.put(clientPort, line);
        forgetOldest();
      }
      line.latest = call;
      line.running.add(call);
    } finally {
      LOCK.unlock();
    }
  }

  /** The call does not use this connection any more. */
  static void released(int clientPort, Call call) {
    LOCK.lock();
    try {
      Line line = LINES.get(clientPort);
      if (line != null) {
        line.running.remove(call);
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static void forgetDropped() {
    for (Object dropped = DROPPED.poll(); dropped != null; dropped = DROPPED.poll()) {
      Line line = (Line) dropped;
      LINES.remove(line.clientPort, line);
    }
  }

  private static void forgetOldest() {
    if (LINES.size() > MOST) {
      Iterator<Line> oldest = LINES.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Of the connection with this local port: the oldest call that runs on it, or else the last. */
  static @Nullable Opener of(int clientPort) {
    return find(clientPort, -1);
  }

  /** The same, of a connection to this port only. */
  static @Nullable Opener of(int clientPort, int remotePort) {
    return find(clientPort, remotePort);
  }

  private static @Nullable Opener find(int clientPort, int remotePort) {
    LOCK.lock();
    try {
      forgetDropped();
      Line line = LINES.get(clientPort);
      if (line == null || (remotePort >= 0 && line.remotePort != remotePort)) {
        return null;
      }
      return line.opener();
    } finally {
      LOCK.unlock();
    }
  }
}
