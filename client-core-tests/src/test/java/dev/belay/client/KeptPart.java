package dev.belay.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** What a user may keep of a response, and nothing else of it: each is enough to read the rest. */
enum KeptPart {
  RESPONSE,
  WRAPPER,
  BODY,
  SOURCE,
  STREAM,
  READER;

  Object of(Response response) {
    return switch (this) {
      case RESPONSE -> response;
      case WRAPPER -> response.newBuilder().header("x", "y").build();
      case BODY -> response.body();
      case SOURCE -> response.body().source();
      case STREAM -> response.body().byteStream();
      case READER -> response.body().charStream();
    };
  }

  String read(Object kept) throws IOException {
    return switch (this) {
      case RESPONSE, WRAPPER -> ((Response) kept).body().string();
      case BODY -> ((ResponseBody) kept).string();
      case SOURCE -> ((BufferedSource) kept).readUtf8();
      case STREAM -> new String(((InputStream) kept).readAllBytes(), UTF_8);
      case READER -> textOf((Reader) kept);
    };
  }

  private static String textOf(Reader reader) throws IOException {
    StringWriter text = new StringWriter();
    long unused = reader.transferTo(text);
    return text.toString();
  }
}
