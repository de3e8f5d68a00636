package io.bingoguard.checkpoint;

import java.util.Optional;

/**
 * Reads the rotary embedding from a config, in each of its spellings: {@code rope_theta} alone,
 * {@code rope_theta} with {@code rope_scaling}, and the {@code rope_parameters} that transformers 5
 * writes. Releases of transformers differ in which of the last two they read, so a file whose two
 * say different things is refused.
 */
final class RopeConfigReader {
  private static final double DEFAULT_THETA = 10_000;

  private RopeConfigReader() {}

  static RopeConfig read(ConfigFields config, int maxPositions) {
    requireFullRotation(config);
    double theta = config.positive("rope_theta", DEFAULT_THETA);
    Optional<RopeConfig> scaling =
        config.nested("rope_scaling").map(fields -> read(fields, theta, maxPositions));
    Optional<RopeConfig> parameters =
        config.nested("rope_parameters").map(fields -> read(fields, theta, maxPositions));
    if (scaling.isPresent() && parameters.isPresent() && !scaling.equals(parameters)) {
      throw config.invalid("rope_scaling", "the same rotary embedding as in rope_parameters");
    }
    return scaling.or(() -> parameters).orElseGet(() -> new RopeConfig.Default(theta));
  }

  private static RopeConfig read(ConfigFields fields, double outerTheta, int maxPositions) {
    requireFullRotation(fields);
    double theta = fields.positive("rope_theta", outerTheta);
    String typeField = fields.find("rope_type").isPresent() ? "rope_type" : "type";
    String type = fields.text(typeField).orElse("default");
    if (fields.holdsObjects()) {
      throw fields.unsupported(typeField, "one rotary embedding for all layers");
    }
    return switch (type) {
      case "default" -> new RopeConfig.Default(theta);
      case "llama3" -> llama3(fields, theta, maxPositions);
      default -> throw fields.unsupported(typeField, "default or llama3");
    };
  }

  private static RopeConfig llama3(ConfigFields fields, double theta, int maxPositions) {
    double low = fields.positive("low_freq_factor");
    double high = fields.positive("high_freq_factor");
    if (high <= low) {
      throw fields.invalid("high_freq_factor", "more than low_freq_factor, which is " + low);
    }
    int original =
        fields.size("original_max_position_embeddings", LlamaConfig.MAX_POSITIONS, maxPositions);
    return new RopeConfig.Llama3(theta, fields.positive("factor"), low, high, original);
  }

  private static void requireFullRotation(ConfigFields fields) {
    if (fields.positive("partial_rotary_factor", 1) != 1) {
      throw fields.unsupported("partial_rotary_factor", "1");
    }
  }
}
