package io.bingoguard.table;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;

/**
 * Names one commit, so that repeating it changes nothing: Delta ignores a version at or below the
 * last one of the same application id.
 *
 * @param appId stable id of the writer, for example of a streaming checkpoint
 * @param version the writer's own counter, for example the id of the micro-batch
 * @param runId the run, recorded in the commit's user metadata
 */
public record CommitKey(String appId, long version, String runId) {
  private static final JsonMapper JSON = new JsonMapper();

  public CommitKey {
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(runId, "runId");
    if (version < 0) {
      throw new IllegalArgumentException("negative version: " + version);
    }
  }

  /** JSON with {@code run_id} and {@code batch_id}. */
  String userMetadata() {
    return JSON.createObjectNode().put("run_id", runId).put("batch_id", version).toString();
  }
}
