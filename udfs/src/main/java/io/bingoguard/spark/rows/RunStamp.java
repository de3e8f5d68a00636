package io.bingoguard.spark.rows;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.engine.EngineVersion;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/**
 * What made a label: stored with every row.
 *
 * @param runId the run
 * @param model what tells the model from every other
 * @param engineVersion version of this software
 */
public record RunStamp(String runId, ModelIdentity model, String engineVersion)
    implements Serializable {
  public RunStamp {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(engineVersion, "engineVersion");
  }

  /** A new run of this software with a model. */
  public static RunStamp of(ModelIdentity model) {
    return new RunStamp(UUID.randomUUID().toString(), model, EngineVersion.current());
  }
}
