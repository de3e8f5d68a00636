package io.bingoguard.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;

/** The master's page for programs: what it believes about the cluster. */
final class MasterPage {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final URI page;

  MasterPage(int port) {
    this.page = URI.create("http://127.0.0.1:" + port + "/json/");
  }

  JsonNode read() {
    try (InputStream in = page.toURL().openStream()) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Workers that are registered and not known to be lost. */
  int aliveWorkers() {
    return read().path("aliveworkers").intValue();
  }
}
