package io.bingoguard.bundle;

import java.io.Serializable;
import java.util.Objects;

/**
 * What tells a model from every other, as labels carry it.
 *
 * @param id its name
 * @param revision digest of its config, tokenizer and weights
 * @param promptPack name, version and digest of its prompt pack
 */
public record ModelIdentity(String id, String revision, String promptPack) implements Serializable {
  public ModelIdentity {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(promptPack, "promptPack");
  }
}
