package io.bingoguard.compare;

import io.bingoguard.bundle.ModelIdentity;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of two label sets.
 *
 * @param output that holds it
 * @param labels path of its table
 * @param version of that table
 * @param model that gave the labels
 * @param run that wrote them, where only its labels are meant
 * @param count of the labels
 * @param deleted labels that are left out, since the corpus no longer holds their exchanges
 * @param settings of the runs that judged, by key; several values of one are listed, the one of
 *     most labels first
 */
public record ComparedLabels(
    String output,
    String labels,
    long version,
    ModelIdentity model,
    Optional<String> run,
    long count,
    long deleted,
    Map<String, String> settings) {
  public ComparedLabels {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(run, "run");
    settings = new TreeMap<>(settings);
  }
}
