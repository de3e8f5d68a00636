package io.bingoguard.spark;

import io.bingoguard.score.SeverityMode;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * What a labelling task needs to know, as it travels from the driver to the executors.
 *
 * @param model the model directory; empty for the bundled demo model
 * @param properties Spark settings, of which those in {@link EngineProperties} count
 * @param severity which replies are asked for their severity
 * @param stamp what made the labels
 * @param includeText whether label rows carry the texts
 */
public record LabelingOptions(
    String model,
    Map<String, String> properties,
    SeverityMode severity,
    RunStamp stamp,
    boolean includeText)
    implements Serializable {
  public LabelingOptions {
    Objects.requireNonNull(model, "model");
    properties = Map.copyOf(properties);
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(stamp, "stamp");
    EngineSettings.from(properties);
  }
}
