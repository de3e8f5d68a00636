package io.bingoguard.cli;

import io.bingoguard.model.DemoModel;
import io.bingoguard.spark.EngineProperties;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Which model a command works with. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model directory, on any file system that Hadoop knows. Without it: the setting "
              + EngineProperties.MODEL
              + ", or else the bundled demo model "
              + DemoModel.ID
              + ", tiny, for demonstration and tests only.")
  private Optional<String> model = Optional.empty();

  /**
   * Which model to take; absent for the demo model.
   *
   * @param settings settings with full keys
   */
  Optional<String> model(Map<String, String> settings) {
    return model
        .map(ModelOptions::absolute)
        .or(() -> Optional.ofNullable(settings.get(EngineProperties.MODEL)));
  }

  /** Settings for a new Spark session, whose executors may then open the model at their start. */
  Map<String, String> warmingUp(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    if (SparkSession.getDefaultSession().isEmpty()) {
      model.ifPresent(path -> all.put(EngineProperties.MODEL, absolute(path)));
    }
    return all;
  }

  /** Executors work in other directories than this process. */
  private static String absolute(String path) {
    try {
      Path local = Path.of(path);
      return Files.exists(local) ? local.toAbsolutePath().normalize().toString() : path;
    } catch (InvalidPathException e) {
      return path;
    }
  }

  /** Says so when the demo model is at work. */
  static void notice(PrintWriter out, boolean demo) {
    if (demo) {
      out.println(DemoModel.NOTICE);
    }
  }
}
