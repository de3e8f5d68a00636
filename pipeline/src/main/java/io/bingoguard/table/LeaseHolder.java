package io.bingoguard.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The process that writes to an output.
 *
 * @param token tells this holder from any other
 * @param host its host's name
 * @param processes in which processes have ids of their own: a host or a container
 * @param pid its process id
 * @param startedAt when the process started
 * @param beat grows while the process lives
 */
record LeaseHolder(
    String token, String host, String processes, long pid, String startedAt, long beat) {
  private static final JsonMapper JSON = new JsonMapper();

  LeaseHolder {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(processes, "processes");
    Objects.requireNonNull(startedAt, "startedAt");
  }

  /** This process, for the first time. */
  static LeaseHolder here() {
    ProcessHandle process = ProcessHandle.current();
    return new LeaseHolder(
        UUID.randomUUID().toString(),
        hostName(),
        processSpace(),
        process.pid(),
        startOf(process).orElseGet(() -> Instant.now().toString()),
        0);
  }

  LeaseHolder next() {
    return new LeaseHolder(token, host, processes, pid, startedAt, beat + 1);
  }

  /** Whether it certainly lives no more: a process of this host or container that has ended. */
  boolean dead() {
    return host.equals(hostName())
        && processes.equals(processSpace())
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .flatMap(LeaseHolder::startOf)
            .filter(startedAt::equals)
            .isEmpty();
  }

  /** Whether it certainly lives. */
  boolean alive() {
    return host.equals(hostName()) && processes.equals(processSpace()) && !dead();
  }

  private static Optional<String> startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }

  /** Containers of one host may share its name, and then a process id says nothing. */
  private static String processSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException elsewhere) {
      return "";
    }
  }

  String toJson() {
    return JSON.createObjectNode()
        .put("token", token)
        .put("host", host)
        .put("processes", processes)
        .put("pid", pid)
        .put("started_at", startedAt)
        .put("beat", beat)
        .toString();
  }

  /** Empty for what is no holder, such as a file that is being written. */
  static Optional<LeaseHolder> ofJson(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json.path("token").isTextual()
          ? Optional.of(
              new LeaseHolder(
                  json.path("token").asText(),
                  json.path("host").asText(),
                  json.path("processes").asText(),
                  json.path("pid").asLong(),
                  json.path("started_at").asText(),
                  json.path("beat").asLong()))
          : Optional.empty();
    } catch (IOException torn) {
      return Optional.empty();
    }
  }
}
