package io.bingoguard.review.sample;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Messages for people to review.
 *
 * @param id what tells the sample from others
 * @param seed by which it was drawn
 * @param model whose labels were sampled
 * @param labelsId the table of labels
 * @param labelsVersion its version
 * @param at when it was drawn
 * @param items in the order in which they are to be reviewed
 */
public record Sample(
    String id,
    long seed,
    Model model,
    String labelsId,
    long labelsVersion,
    Instant at,
    List<SampleItem> items) {
  public Sample {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(labelsId, "labelsId");
    Objects.requireNonNull(at, "at");
    items = List.copyOf(items);
  }

  /**
   * What labelled.
   *
   * @param id name of the model
   * @param revision digest of its files
   * @param promptPack name, version and digest of its prompt pack
   */
  public record Model(String id, String revision, String promptPack) {
    public Model {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(revision, "revision");
      Objects.requireNonNull(promptPack, "promptPack");
    }
  }
}
