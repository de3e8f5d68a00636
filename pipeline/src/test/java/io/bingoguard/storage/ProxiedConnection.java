package io.bingoguard.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;

/** One connection of a client, and the one to the server that stands behind it. */
final class ProxiedConnection implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final String SLOW_DOWN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
          + "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

  private final Socket client;
  private final Socket server;
  private final RequestFaults faults;
  private final Pauses pauses;
  private volatile boolean cutAnswer;

  ProxiedConnection(Socket client, Socket server, RequestFaults faults, Pauses pauses) {
    this.client = client;
    this.server = server;
    this.faults = faults;
    this.pauses = pauses;
  }

  /** Passes on requests and answers until one side closes or a fault ends it. */
  void serve(Executor threads) {
    threads.execute(this::passAnswers);
    try (this) {
      InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER);
      for (Optional<RequestHead> head = RequestHead.read(in);
          head.isPresent() && passRequest(head.get(), in);
          head = RequestHead.read(in)) {}
    } catch (IOException closed) {
      // Either side may go at any time; the other is closed with it.
    }
  }

  /** Returns whether the connection may go on. */
  private boolean passRequest(RequestHead head, InputStream in) throws IOException {
    RequestFaults.Fate fate = faults.next();
    pauses.beforeRequest();
    switch (fate) {
      case CUT_BEFORE -> {
        return false;
      }
      case REFUSED_WITH_503 -> {
        refuse(head, in);
        return false;
      }
      case CUT_AFTER -> cutAnswer = true;
      case ANSWERED -> {}
    }
    OutputStream out = server.getOutputStream();
    out.write(head.bytes());
    copy(in, out, head.bodyLength());
    out.flush();
    return true;
  }

  private void refuse(RequestHead head, InputStream in) throws IOException {
    if (!head.waitsBeforeBody()) {
      copy(in, OutputStream.nullOutputStream(), head.bodyLength());
    }
    String headers =
        "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(SLOW_DOWN.length());
    String answer = head.answeredWithoutBody() ? headers : headers + SLOW_DOWN;
    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    client.getOutputStream().flush();
    client.shutdownOutput();
  }

  private void passAnswers() {
    try (this) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (cutAnswer && !onlyAsksForBody(buffer, read)) {
          return;
        }
        pauses.beforeAnswer();
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException closed) {
      // As above.
    }
  }

  private static boolean onlyAsksForBody(byte[] buffer, int length) {
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 100");
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException("the client closed within a request");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
