package dev.belay.client;

import dev.belay.testkit.Answer;
import dev.belay.testkit.Received;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers that repeat what the server was told, where a client may stumble over it. */
final class Echoes {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String EMPTY = "Content-Length: 0\r\n\r\n";
  private static final String CHUNKS = OK + "Transfer-Encoding: chunked\r\n\r\n";

  /** Where no declared value stands, which could be masked: only to be left out altogether. */
  private static final List<String> UNREADABLE =
      List.of(
          "ECHO",
          "ECHO\r\n\r\n",
          "HTTP/1.1 ECHO\r\n\r\n",
          "HTTP/1.1 2ECHO OK\r\n\r\n",
          OK + "ECHO\r\n\r\n",
          OK + "A\u0001ECHO: x\r\n\r\n",
          OK + "A: ECHO\u0001\r\n\r\n",
          OK + "A: ECHO",
          OK + "Content-Length: ECHO\r\n\r\n",
          OK + "Content-Length: 1\r\nContent-Length: ECHO\r\n\r\nx",
          OK + "Transfer-Encoding: ECHO\r\n\r\n",
          OK + "Content-Encoding: ECHO\r\nContent-Length: 3\r\n\r\nabc",
          OK + "Content-Encoding: gzip\r\nContent-Length: 30\r\n\r\nECHO",
          OK + "Content-Type: ECHO\r\n" + EMPTY,
          OK + "Set-Cookie: ECHO\r\n" + EMPTY,
          OK + "Keep-Alive: timeout=ECHO\r\n" + EMPTY,
          OK + "Date: ECHO\r\nX-Echo: ECHO\r\n" + EMPTY,
          OK + "Content-Length: 200\r\n\r\nECHO",
          CHUNKS + "ECHO",
          CHUNKS + "ECHO\r\n",
          CHUNKS + "1;ECHO\r\nxECHO\r\n",
          CHUNKS + "1\r\nx\r\n0\r\nX-Echo: ECHO\r\n\r\n",
          CHUNKS + "1\r\nx\r\n0\r\nECHO",
          "HTTP/1.1 100 Continue\r\nX-Echo: ECHO\r\n\r\nECHO\r\n\r\n",
          "HTTP/1.1 101 Switching\r\nUpgrade: ECHO\r\nConnection: upgrade\r\n\r\nECHO",
          "HTTP/1.1 401 No\r\nWWW-Authenticate: ECHO\r\n" + EMPTY,
          "HTTP/1.1 407 No\r\nProxy-Authenticate: ECHO\r\n" + EMPTY,
          "HTTP/1.1 503 No\r\nRetry-After: ECHO\r\n" + EMPTY);

  private static final List<String> DECLARED =
      List.of(
          OK.replace("OK", "ECHO") + EMPTY,
          "HTTP/1.1 400 it was ECHO\r\nContent-Length: 200\r\n\r\nECHO",
          "HTTP/1.1 500 it was ECHO\r\nX-Echo: ECHO\r\n" + EMPTY,
          "HTTP/1.1 403 No\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
              + "{\"token\":\"ECHO\"}",
          "HTTP/1.1 302 Found\r\nLocation: /ECHO?ECHO#ECHO\r\n" + EMPTY,
          "HTTP/1.1 307 Found\r\nLocation: http://elsewhere.test/ECHO?ECHO\r\n" + EMPTY,
          "HTTP/1.1 302 Found\r\nLocation: http://ECHO:ECHO@elsewhere.test/\r\n" + EMPTY,
          "HTTP/1.1 302 Found\r\nLocation: ECHO://ECHO\r\n" + EMPTY);

  private Echoes() {}

  static int count() {
    return UNREADABLE.size() + DECLARED.size();
  }

  /** That with the number in the query of the request. */
  static Answer to(Received request, Canary declared, Canary secret) {
    String query = String.valueOf(request.query());
    int number = Integer.parseInt(query.replaceAll("^n=(\\d+).*", "$1"));
    String text =
        number < UNREADABLE.size()
            ? UNREADABLE.get(number).replace("ECHO", declared.value + " " + secret.value)
            : DECLARED.get(number - UNREADABLE.size()).replace("ECHO", declared.value);
    return Answer.raw(text.getBytes(StandardCharsets.ISO_8859_1)).closeAfter();
  }
}
