package io.bingoguard.spark.labelling;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.spark.rows.RunStamp;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * What a labelling task needs to know, as it travels from the driver to the executors.
 *
 * @param model the model
 * @param settings settings of this project, by full key
 * @param severity which replies are asked for their severity
 * @param texts how texts get to the model
 * @param stamp what made the labels
 * @param includeText whether label rows carry the texts
 */
public record LabellingOptions(
    ModelRef model,
    Map<String, String> settings,
    SeverityMode severity,
    TextHandling texts,
    RunStamp stamp,
    boolean includeText)
    implements Serializable {
  public LabellingOptions {
    Objects.requireNonNull(model, "model");
    settings = Map.copyOf(settings);
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(texts, "texts");
    Objects.requireNonNull(stamp, "stamp");
  }
}
