package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FirstContactTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /** With the attempts that a run makes, it would take minutes. */
  @Test
  @Timeout(90)
  void anEndpointWhereNobodyListensIsToldWithoutManyAttempts() throws IOException {
    int port = freePort();
    Configuration hadoop = endpoint(port);

    assertThat(FirstContact.failure("s3a://data/corpus", hadoop))
        .hasValueSatisfying(
            failure ->
                assertThat(CommandErrors.inputUnreachable("s3a://data/corpus", failure))
                    .hasMessageContaining(
                        "endpoint localhost:%d cannot be reached".formatted(port)));
    assertThat(hadoop.get("fs.s3a.retry.limit")).as("a run's own attempts").isEqualTo("7");
  }

  @Test
  void whateverAStoreAnswersItIsReached() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    server.start();
    try {
      assertThat(FirstContact.failure("s3a://data/corpus", endpoint(server.getAddress().getPort())))
          .isEmpty();
    } finally {
      server.stop(0);
    }
    assertThat(asked).hasPositiveValue();
  }

  @Test
  void otherFileSystemsAreNotAsked() {
    assertThat(FirstContact.failure("hdfs://nowhere:1/corpus", new Configuration())).isEmpty();
    assertThat(FirstContact.failure("no such file", new Configuration())).isEmpty();
  }

  private static Configuration endpoint(int port) {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.endpoint", "http://localhost:" + port);
    hadoop.set("fs.s3a.path.style.access", "true");
    hadoop.set("fs.s3a.access.key", "key");
    hadoop.set("fs.s3a.secret.key", "secret");
    return hadoop;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
      return socket.getLocalPort();
    }
  }
}
