package io.bingoguard.audit.metric;

import java.util.Objects;

/**
 * By what the labels of a night were made.
 *
 * @param id name of the model
 * @param revision SHA-256 over its files
 * @param promptPack name, version and SHA-256 of its prompt pack
 */
public record NightModel(String id, String revision, String promptPack) {
  public NightModel {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(promptPack, "promptPack");
  }

  /** What tells it from every other. */
  public String key() {
    return revision + " " + promptPack;
  }
}
