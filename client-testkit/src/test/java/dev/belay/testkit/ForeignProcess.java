package dev.belay.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;

/** Another process that holds one connection to a server until its input ends. */
final class ForeignProcess implements Closeable {

  private final Process process;

  ForeignProcess(TestServer server) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ForeignProcess.class.getName(),
                Integer.toString(server.port()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /** The other process. */
  public static void main(String[] args) throws IOException {
    try (Socket socket =
        new Socket(
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(args[0]))) {
      socket.setTcpNoDelay(true);
      System.in.transferTo(socket.getOutputStream());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
