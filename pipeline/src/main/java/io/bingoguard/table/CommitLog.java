package io.bingoguard.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bingoguard.guard.Sha256;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Commits of a Delta table, read from the files of its log as Delta's protocol lays them down,
 * which takes no Spark job.
 */
final class CommitLog {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path log;
  private final Configuration hadoop;

  CommitLog(String table, Configuration hadoop) {
    this.log = new Path(table, "_delta_log");
    this.hadoop = hadoop;
  }

  /**
   * The commits from one version to another, both included. Those are left out that Delta has
   * removed from the log since.
   */
  List<Commit> read(long first, long last) throws IOException {
    FileSystem files = log.getFileSystem(hadoop);
    List<Commit> commits = new ArrayList<>();
    for (long version = first; version <= last; version++) {
      commit(files, version).ifPresent(commits::add);
    }
    return commits;
  }

  /** Digest of what the commit of a version says of itself; empty where it is gone. */
  String id(long version) throws IOException {
    return info(log.getFileSystem(hadoop), version)
        .map(info -> Sha256.of(info.toString()))
        .orElse("");
  }

  private Optional<Commit> commit(FileSystem files, long version) throws IOException {
    return info(files, version)
        .map(
            info ->
                info.isMissingNode()
                    ? new Commit(version, "", "", info, OptionalLong.empty())
                    : commit(version, info));
  }

  /** What a commit says of itself: nothing, or a missing node, where it or that is not there. */
  private Optional<JsonNode> info(FileSystem files, long version) throws IOException {
    Path file = new Path(log, "%020d.json".formatted(version));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"commitInfo\"")) {
          return Optional.of(JSON.readTree(line).path("commitInfo"));
        }
      }
      return Optional.of(MissingNode.getInstance());
    } catch (FileNotFoundException removed) {
      return Optional.empty();
    }
  }

  private static Commit commit(long version, JsonNode info) {
    String rows = info.path("operationMetrics").path("numOutputRows").asText();
    return new Commit(
        version,
        info.path("operation").asText(),
        info.path("operationParameters").path("mode").asText(),
        userMetadata(info),
        rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(rows)));
  }

  private static JsonNode userMetadata(JsonNode info) {
    try {
      return JSON.readTree(info.path("userMetadata").asText());
    } catch (JsonProcessingException another) {
      return MissingNode.getInstance();
    }
  }
}
