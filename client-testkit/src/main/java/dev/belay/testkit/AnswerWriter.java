package dev.belay.testkit;

import dev.belay.testkit.AnswerScript.Field;
import dev.belay.testkit.AnswerScript.Raw;
import dev.belay.testkit.AnswerScript.Reply;
import dev.belay.testkit.AnswerScript.Silence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Performs answers on one connection. */
final class AnswerWriter {

  private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

  private final ServerConnection connection;
  private final ConnectionInbox inbox;
  private final IdlePolicy idle;

  // What is complete but not sent: it leaves in one write, unless the answer wants a pause.
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  AnswerWriter(ServerConnection connection, ConnectionInbox inbox, IdlePolicy idle) {
    this.connection = connection;
    this.inbox = inbox;
    this.idle = idle;
  }

  /**
   * Performs this answer to this request.
   *
   * @return whether the connection is good for another request
   */
  boolean write(Answer answer, Received request) throws IOException, InterruptedException {
    if (!answer.delay().isZero()) {
      inbox.pause(answer.delay());
    }
    AnswerScript script = answer.script();
    boolean closes =
        answer.closes() || RequestReader.mentions(request.headers(), "Connection", "close");
    if (script instanceof Reply reply) {
      writeReply(reply, closes, request.method().equals("HEAD"));
    } else if (script instanceof Raw raw) {
      raw.payload().copyTo(pending, 0, raw.payload().length());
      flush();
    } else if (script == Silence.STALL) {
      inbox.pause(FOR_EVER);
    } else if (script == Silence.RESET) {
      connection.endsByReset();
    }
    return !closes;
  }

  private void writeReply(Reply reply, boolean closes, boolean headOnly)
      throws IOException, InterruptedException {
    writeHead(reply, closes);
    if (reply.hasContent() && !headOnly) {
      writeBody(reply);
    }
    flush();
  }

  private void writeHead(Reply reply, boolean closes) {
    append("HTTP/1.1 " + reply.status() + " \r\n");
    for (Field field : reply.fields()) {
      append(field.name() + ": " + field.value() + "\r\n");
    }
    appendFraming(reply);
    if (closes) {
      append("Connection: close\r\n");
    } else if (idle.announced()) {
      append("Keep-Alive: timeout=" + idle.limit().toSeconds() + "\r\n");
    }
    append("\r\n");
  }

  private void appendFraming(Reply reply) {
    boolean given = reply.hasField("Content-Length") || reply.hasField("Transfer-Encoding");
    if (given || !reply.hasContent()) {
      return;
    }
    long length = (long) reply.body().length() + reply.framing().missingBytes();
    append(
        reply.framing().chunked()
            ? "Transfer-Encoding: chunked\r\n"
            : "Content-Length: " + length + "\r\n");
  }

  private void writeBody(Reply reply) throws IOException, InterruptedException {
    Payload body = reply.body();
    Framing framing = reply.framing();
    int step = framing.pieceBytes() == 0 ? Math.max(1, body.length()) : framing.pieceBytes();
    for (int from = 0; from < body.length(); from += step) {
      pauseFor(framing.pieceDelay());
      writePiece(body, from, Math.min(step, body.length() - from), framing.chunked());
    }
    if (framing.chunked() && !framing.isTruncated()) {
      append("0\r\n\r\n");
    }
  }

  private void pauseFor(Duration delay) throws IOException, InterruptedException {
    if (!delay.isZero()) {
      flush();
      inbox.pause(delay);
    }
  }

  private void writePiece(Payload body, int from, int length, boolean chunked) {
    if (chunked) {
      append(Integer.toHexString(length) + "\r\n");
    }
    body.copyTo(pending, from, length);
    if (chunked) {
      append("\r\n");
    }
  }

  private void append(String text) {
    pending.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void flush() throws IOException, InterruptedException {
    byte[] bytes = pending.toByteArray();
    pending.reset();
    connection.send(bytes);
  }
}
