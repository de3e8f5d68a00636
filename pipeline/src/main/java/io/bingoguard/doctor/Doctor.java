package io.bingoguard.doctor;

import io.bingoguard.cache.ModelCache;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.spark.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;

/** Looks at everything a run needs, changes nothing, and goes on after what is wrong. */
public final class Doctor {
  private final SparkSession spark;
  private final PipelineSettings settings;
  private final EngineSettings engine;
  private final DoctorOptions options;

  private Doctor(SparkSession spark, DoctorOptions options) {
    this.spark = spark;
    this.settings = PipelineSettings.of(spark);
    this.engine = SettingsChecks.engine(settings);
    this.options = options;
  }

  /** The report of a driver, and of a cluster's executors. */
  public static DoctorReport examine(SparkSession spark, DoctorOptions options) {
    return new Doctor(spark, options).report();
  }

  /**
   * The report when Spark does not start.
   *
   * @param failure why it does not
   */
  public static DoctorReport examineWithoutSpark(Throwable failure) {
    List<Check> checks = new ArrayList<>(Check.guarded("host", HostChecks::all));
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    checks.add(
        Check.failed(
            "spark",
            "does not start: " + root,
            "check the master, that this host can be reached from it (spark.driver.host), and Java's options"));
    return new DoctorReport("", checks, List.of());
  }

  private DoctorReport report() {
    boolean cluster = !spark.sparkContext().isLocal();
    List<Check> checks = new ArrayList<>(Check.guarded("host", HostChecks::all));
    checks.addAll(Check.guarded("spark", () -> SparkChecks.of(spark)));
    checks.addAll(SettingsChecks.of(settings));
    ModelChecks model =
        ModelChecks.of(
            options.model(),
            engine.maxTokens(),
            new ModelCache(SettingsChecks.cache(settings), spark.sessionState().newHadoopConf()));
    checks.addAll(model.checks());
    if (!cluster) {
      checks.addAll(device(model.bundle()));
    }
    StorageChecks storage = new StorageChecks(spark.sessionState().newHadoopConf());
    options
        .input()
        .map(path -> Check.guarded("input", () -> List.of(storage.input(path))))
        .ifPresent(checks::addAll);
    options
        .output()
        .map(path -> Check.guarded("output", () -> List.of(storage.output(path))))
        .ifPresent(checks::addAll);
    List<ExecutorReport> executors = new ArrayList<>();
    if (cluster) {
      checks.addAll(Check.guarded("executors", () -> survey(executors)));
    }
    return new DoctorReport(spark.sparkContext().master(), checks, executors);
  }

  private List<Check> device(Optional<ModelBundle> model) {
    return Check.guarded("device", () -> new DeviceChecks(engine, OptionalInt.empty()).all(model));
  }

  private List<Check> survey(List<ExecutorReport> into) {
    Map<String, String> given = settings.given();
    into.addAll(
        new ExecutorSurvey(spark, options.patience())
            .ask(new ExecutorTask(given, options.model().orElse(""))));
    return List.of(Check.ok("executors", into.size() + " answered"));
  }
}
