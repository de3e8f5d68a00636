package io.bingoguard.doctor;

import io.bingoguard.engine.DeviceExamination;
import io.bingoguard.engine.DeviceExamination.State;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.settings.GuardSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Looks at everything a run needs, changes nothing, and goes on after what is wrong. */
public final class Doctor {
  private static final String SETTINGS = "settings";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final DoctorOptions options;
  private final GuardSettings settings;

  private Doctor(SparkSession spark, DoctorOptions options) {
    this.spark = spark;
    this.hadoop = spark.sessionState().newHadoopConf();
    this.options = options;
    this.settings = options.settings().withoutInvalid();
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
    checks.addAll(settings());
    ModelChecks model = ModelChecks.of(options.model(), settings, hadoop);
    checks.addAll(model.checks());
    if (!cluster) {
      checks.addAll(Check.guarded("device", () -> device(model.opens())));
    }
    StorageChecks storage = new StorageChecks(hadoop);
    options
        .input()
        .map(request -> Check.guarded("input", () -> input(storage, request)))
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

  /** Misspelled settings of this project, and values that are none. */
  private List<Check> settings() {
    List<Check> wrong =
        options.settings().problems().stream()
            .map(problem -> Check.failed(SETTINGS, problem))
            .toList();
    String given = settings.given().isEmpty() ? "all at their defaults" : settings.toString();
    return wrong.isEmpty() ? List.of(Check.ok(SETTINGS, given)) : wrong;
  }

  /** Whether the input can be opened, and how it would be read. */
  private List<Check> input(StorageChecks storage, CorpusRequest request) {
    Check opened = storage.input(request.input());
    return opened.status() == State.OK
        ? Stream.concat(
                Stream.of(opened), Check.guarded("schema", () -> List.of(schema(request))).stream())
            .toList()
        : List.of(opened);
  }

  private Check schema(CorpusRequest request) {
    return Check.ok("schema", Corpus.open(spark, request).describe().replace("\n", "; "));
  }

  private List<Check> device(boolean withModel) {
    return Check.of(
        DeviceExamination.examine(
            settings.engine(),
            List.of(),
            Optional.of(options.model()).filter(any -> withModel),
            settings.modelCache(hadoop)));
  }

  private List<Check> survey(List<ExecutorReport> into) {
    into.addAll(
        new ExecutorSurvey(spark, options.patience())
            .ask(new ExecutorTask(settings.given(), options.model())));
    return List.of(Check.ok("executors", into.size() + " answered"));
  }
}
