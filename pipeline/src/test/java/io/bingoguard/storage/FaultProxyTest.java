package io.bingoguard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy that other tests put before an S3 server, before a server that echoes. */
class FaultProxyTest {
  private static final int REQUESTS = 100;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AtomicInteger served = new AtomicInteger();
  private HttpServer server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          served.incrementAndGet();
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    proxy = proxy(7);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  @Test
  void requestsPassUnchangedWithoutFaults() throws Exception {
    for (String body : List.of("one", "x".repeat(300_000), "three")) {
      assertThat(post(proxy, body).body()).isEqualTo(body);
    }
    assertThat(proxy.requests()).isEqualTo(3);
    assertThat(proxy.refused() + proxy.dropped()).isZero();
  }

  @Test
  void aShareOfRequestsIsAnsweredWith503AndNotPassedOn() throws Exception {
    proxy.share503(0.2);

    List<String> fates = fates(proxy);

    assertThat(fates).containsOnly("200", "503");
    assertThat(proxy.refused()).isBetween(10L, 30L);
    assertThat(served.get()).isEqualTo(REQUESTS - (int) proxy.refused());
  }

  @Test
  void droppedRequestsAreDoneByTheServerOrNot() throws Exception {
    proxy.drop(0.2);

    List<String> fates = fates(proxy);

    long answered = fates.stream().filter("200"::equals).count();
    assertThat(fates).containsOnly("200", "dropped");
    assertThat(proxy.dropped()).isBetween(10L, 30L);
    assertThat(served.get()).isBetween((int) answered + 1, REQUESTS - 1);
  }

  @Test
  void theSameSeedHitsTheSameRequests() throws Exception {
    proxy.share503(0.2);
    try (FaultProxy again = proxy(7);
        FaultProxy other = proxy(8)) {
      List<String> fates = fates(proxy);

      assertThat(fates(again.share503(0.2))).isEqualTo(fates);
      assertThat(fates(other.share503(0.2))).isNotEqualTo(fates);
    }
  }

  @Test
  void nothingPassesWhileItIsSilentAndAllOfItAfterwards() throws Exception {
    long start = System.nanoTime();
    proxy.silence(Duration.ofMillis(300)).delay(Duration.ofMillis(10));

    assertThat(post(proxy, "late").body()).isEqualTo("late");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void connectionsAreRefusedUntilTheyAreAcceptedAgain() throws Exception {
    proxy.refuse();
    assertThatThrownBy(() -> post(proxy, "early")).isInstanceOf(ConnectException.class);

    proxy.accept();
    assertThat(post(proxy, "late").body()).isEqualTo("late");
  }

  private FaultProxy proxy(long seed) throws IOException {
    return FaultProxy.before("http://127.0.0.1:" + server.getAddress().getPort(), seed);
  }

  /** The status of each of many requests, or that its connection was dropped. */
  private static List<String> fates(FaultProxy proxy) throws InterruptedException {
    List<String> fates = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      try {
        fates.add(Integer.toString(post(proxy, "").statusCode()));
      } catch (IOException dropped) {
        fates.add("dropped");
      }
    }
    return fates;
  }

  /** As POST, which this client does not send again by itself. */
  private static HttpResponse<String> post(FaultProxy proxy, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(proxy.endpoint() + "/object"))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
