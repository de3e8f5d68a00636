package io.bingoguard.compare;

import io.bingoguard.table.OutputDirectory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which labels are compared, as the user names them.
 *
 * @param output that holds them
 * @param version of its labels table; absent for the newest
 * @param models beginnings of the model's name, its revision or its prompt pack, all of which have
 *     to fit; empty for the model that was last at work
 * @param run that wrote them; absent for all
 */
public record LabelSelection(
    OutputDirectory output, Optional<Long> version, List<String> models, Optional<String> run) {
  public LabelSelection {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(version, "version");
    models = List.copyOf(models);
    Objects.requireNonNull(run, "run");
  }
}
