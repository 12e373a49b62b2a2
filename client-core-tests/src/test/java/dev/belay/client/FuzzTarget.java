package dev.belay.client;

import java.nio.file.Path;
import java.util.Locale;
import okhttp3.Protocol;
import okio.Buffer;

/** What is fuzzed, and how much of it in an endurance run. */
enum FuzzTarget {
  HTTP_1(900_000) {
    @Override
    FuzzedUse open(MemorySockets sockets) {
      return FuzzedCalls.answered(sockets, Protocol.HTTP_1_1);
    }
  },
  HTTP_2(100_000) {
    @Override
    FuzzedUse open(MemorySockets sockets) {
      return FuzzedCalls.answered(sockets, Protocol.H2_PRIOR_KNOWLEDGE);
    }
  },
  LOCATION(50_000) {
    @Override
    FuzzedUse open(MemorySockets sockets) {
      return FuzzedCalls.redirected(sockets, FuzzTarget::redirect);
    }
  },
  ADAPTER(50_000) {
    @Override
    FuzzedUse open(MemorySockets sockets) {
      return new FuzzedAdapter(sockets);
    }
  },
  RETRY_AFTER(200_000) {
    @Override
    FuzzedUse open(MemorySockets sockets) {
      return new FuzzedDates();
    }
  };

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");

  /** How many inputs. */
  final int runs;

  FuzzTarget(int runs) {
    this.runs = runs;
  }

  abstract FuzzedUse open(MemorySockets sockets);

  /** The inputs that are tried first, and without a fuzzer in every build. */
  Path corpus() {
    return CORPUS.resolve(label());
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static byte[] redirect(byte[] location) {
    return new Buffer()
        .writeUtf8("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ")
        .write(location)
        .writeUtf8("\r\n\r\n")
        .readByteArray();
  }
}
