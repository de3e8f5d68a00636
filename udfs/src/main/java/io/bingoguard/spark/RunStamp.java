package io.bingoguard.spark;

import java.io.Serializable;
import java.util.Objects;

/**
 * What made a label: stored with every row.
 *
 * @param runId the run
 * @param modelId name of the model
 * @param modelRevision digest of the model's files
 * @param promptPack name, version and digest of the prompt pack
 * @param engineVersion version of this software
 */
public record RunStamp(
    String runId, String modelId, String modelRevision, String promptPack, String engineVersion)
    implements Serializable {
  public RunStamp {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(modelId, "modelId");
    Objects.requireNonNull(modelRevision, "modelRevision");
    Objects.requireNonNull(promptPack, "promptPack");
    Objects.requireNonNull(engineVersion, "engineVersion");
  }
}
