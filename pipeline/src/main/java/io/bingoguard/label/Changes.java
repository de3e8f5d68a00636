package io.bingoguard.label;

import java.util.Objects;

/**
 * What is done about inputs that changed.
 *
 * @param files about files that were appended to or written anew
 * @param tables about Delta tables of which rows were changed or deleted
 */
public record Changes(OnChange files, OnChange tables) {
  public static final Changes LABELLED = new Changes(OnChange.LABEL, OnChange.LABEL);

  public Changes {
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(tables, "tables");
  }
}
