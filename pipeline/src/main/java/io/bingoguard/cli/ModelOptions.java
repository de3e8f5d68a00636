package io.bingoguard.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Which model a command works with. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model directory, on any file system that Hadoop knows. Without it: the setting "
              + "spark.bingoguard.model, or else the bundled demo model, tiny, for demonstration "
              + "and tests only.")
  private Optional<String> model = Optional.empty();

  Optional<String> model() {
    return model;
  }
}
