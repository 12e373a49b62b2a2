package dev.belay.uazapi;

import dev.belay.client.BelayClient;
import java.io.Closeable;

/**
 * One WhatsApp instance of Uazapi.
 *
 * <p>By default it has a private pool of at most 10 connections, a deadline of 30 s for each call,
 * and the track source {@code belay}. Building one opens no socket and starts no thread. The token
 * goes out in the header {@code token} to the host of the base URL and appears in no message, log
 * line or {@code toString}.
 *
 * <p>For many instances build one client for each token on a shared {@linkplain
 * UazapiClientBuilder#pool pool}: such a client costs bytes.
 *
 * <p>Safe for use by several threads. Whoever builds a client closes it.
 */
public final class UazapiClient implements Closeable {
  private final BelayClient client;
  private final String place;
  private final SendOperations send;
  private final InstanceOperations instance;

  UazapiClient(BelayClient client, Api api, String trackSource) {
    this.client = client;
    place = api.toString();
    send = new SendOperations(new Sender(api), trackSource);
    instance = new InstanceOperations(api);
  }

  /**
   * A client with the defaults, to be changed.
   *
   * @param baseUrl such as {@code https://acme.uazapi.com}; a path in front of the routes is kept,
   *     slashes at the end are dropped. Plain {@code http} only for this machine: {@code
   *     localhost}, {@code 127.0.0.0/8} and {@code ::1}
   * @param token the instance token
   * @return a new builder
   * @throws IllegalArgumentException if the URL has no host, another scheme, user info, a query, a
   *     fragment, or is plain {@code http} to another machine; if the token is blank or cannot be
   *     sent in a header, or is in the URL. The message does not hold the token
   */
  public static UazapiClientBuilder builder(String baseUrl, String token) {
    return new UazapiClientBuilder(baseUrl, token);
  }

  /**
   * Sending messages.
   *
   * @return the operations, which end with this client
   */
  public SendOperations send() {
    return send;
  }

  /**
   * The instance itself.
   *
   * @return the operations, which end with this client
   */
  public InstanceOperations instance() {
    return instance;
  }

  /**
   * Asks whether messages can be sent now. Blocks up to the deadline of the client.
   *
   * <p>Never throws for what the server or the network did: a wrong token, an unreachable server
   * and an answer that makes no sense are all "not connected", with the reason.
   *
   * @return connected only if the instance says {@code connected} and its session does not say
   *     otherwise
   */
  public ConnectionTest testConnection() {
    try {
      return ConnectionTest.of(instance.status());
    } catch (UazapiException e) {
      return ConnectionTest.failed(e);
    }
  }

  /**
   * Closes the client, letting its running calls finish for up to 5 s, and its pool if that is its
   * own.
   *
   * <p>Blocks until nothing of this client is open; a second close returns at once. A send that
   * comes later is {@link SendResult.NotSent}.
   */
  @Override
  public void close() {
    client.close();
  }

  /** The base URL and the settings; the token is masked. */
  @Override
  public String toString() {
    return "uazapi at " + place + ", " + client;
  }
}
