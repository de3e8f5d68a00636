package io.bingoguard.table;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A sample with what its reviews tell.
 *
 * @param id of the sample
 * @param modelId name of the model whose labels were sampled
 * @param modelRevision digest of its files
 * @param promptPack name, version and digest of its prompt pack
 * @param sampledAt when the sample was drawn
 * @param figures what was found
 */
public record ReviewedSample(
    String id,
    String modelId,
    String modelRevision,
    String promptPack,
    Instant sampledAt,
    List<ReviewFigure> figures) {
  public ReviewedSample {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(modelId, "modelId");
    Objects.requireNonNull(modelRevision, "modelRevision");
    Objects.requireNonNull(promptPack, "promptPack");
    Objects.requireNonNull(sampledAt, "sampledAt");
    figures = List.copyOf(figures);
  }
}
