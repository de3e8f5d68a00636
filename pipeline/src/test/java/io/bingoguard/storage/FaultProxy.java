package io.bingoguard.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before an S3 server on a port of its own and breaks what passes. Requests and answers go
 * through as they are, so that signatures stay right. Faults may be changed at any time; a new
 * proxy has none.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final URI server;
  private final RequestFaults faults;
  private final Pauses pauses = new Pauses();
  private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::daemon);
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final int port;
  private ServerSocket listener;

  private FaultProxy(URI server, long seed) throws IOException {
    this.server = server;
    this.faults = new RequestFaults(seed);
    this.listener = listen(0);
    this.port = listener.getLocalPort();
  }

  /**
   * A proxy before a server.
   *
   * @param endpoint where the server listens, {@code http://HOST:PORT}
   * @param seed decides which requests the shares hit: of the n-th it is always the same
   */
  public static FaultProxy before(String endpoint, long seed) throws IOException {
    return new FaultProxy(URI.create(endpoint), seed);
  }

  /** Where the proxy listens: {@code http://127.0.0.1:PORT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Answers this share of the requests with 503 (SlowDown) and does not pass them on; 0 to 1. */
  public FaultProxy share503(double share) {
    faults.share503(share);
    return this;
  }

  /**
   * Closes the connections of this share of the requests without an answer, 0 to 1: of one half
   * before the server has seen the request, of the other once the server has done it.
   */
  public FaultProxy drop(double share) {
    faults.shareCut(share);
    return this;
  }

  /** Lets every request wait so long before it is passed on. */
  public FaultProxy delay(Duration delay) {
    pauses.delay(delay);
    return this;
  }

  /** Passes nothing on, in either direction, for so long from now; connections stay open. */
  public FaultProxy silence(Duration silence) {
    pauses.silence(silence);
    return this;
  }

  /** Closes all connections, and refuses new ones until {@link #accept()}. */
  public synchronized FaultProxy refuse() throws IOException {
    listener.close();
    for (ProxiedConnection connection : connections) {
      connection.close();
    }
    return this;
  }

  /** Takes connections again, on the same port. */
  public synchronized FaultProxy accept() throws IOException {
    if (listener.isClosed()) {
      listener = listen(port);
    }
    return this;
  }

  /** Requests so far, whatever became of them. */
  public long requests() {
    return faults.requests();
  }

  /** Requests so far that were answered with 503. */
  public long refused() {
    return faults.refused();
  }

  /** Requests so far whose connection was closed. */
  public long dropped() {
    return faults.cut();
  }

  @Override
  public void close() throws IOException {
    refuse();
    threads.shutdownNow();
  }

  private ServerSocket listen(int wanted) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
    threads.execute(() -> acceptFrom(socket));
    return socket;
  }

  private void acceptFrom(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        // Checked above: the proxy refuses, or the client was gone at once.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket behind = new Socket(server.getHost(), server.getPort());
        ProxiedConnection connection = new ProxiedConnection(client, behind, faults, pauses)) {
      // Heads and bodies come one by one; waiting for more would cost 40 ms a request.
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      connections.add(connection);
      try {
        connection.serve(threads);
      } finally {
        connections.remove(connection);
      }
    } catch (IOException gone) {
      // The server is away: the client sees its connection closed.
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    return thread;
  }
}
