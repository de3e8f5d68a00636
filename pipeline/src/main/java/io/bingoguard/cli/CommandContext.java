package io.bingoguard.cli;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.files.ProcessFolder;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.progress.Steps;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.table.AcceptedModel;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.OutputLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * What every command works with, however it was named: Spark's settings, those of this project, and
 * the model. Settings of the command line beat those that Spark was started with, and the option
 * for the model beats the setting.
 */
final class CommandContext implements AutoCloseable {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String WAREHOUSE = "spark.sql.warehouse.dir";
  private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";

  private final SparkConf conf;
  private final Optional<String> modelOption;
  private final GuardSettings settings;
  private final Steps steps;
  private Optional<RunStamp> run = Optional.empty();
  private final Deque<Runnable> open = new ArrayDeque<>();

  private CommandContext(SparkConf conf, Optional<String> modelOption) {
    this.conf = conf;
    this.modelOption = modelOption;
    this.settings = GuardSettings.of(conf);
    this.steps = Steps.start(ProgressDisplay.standardError(Duration.ZERO));
    open.push(steps::close);
  }

  /**
   * The context of a command.
   *
   * @param given settings of the command line
   * @param modelOption the model that the command line names
   * @throws io.bingoguard.guard.GuardException CONF_KEY_UNKNOWN
   */
  static CommandContext of(Map<String, String> given, Optional<String> modelOption) {
    // Reads what spark-submit, its properties file or the launcher set.
    SparkConf conf = new SparkConf();
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession session = SparkSession.getDefaultSession().get();
      session.conf().getAll().foreach(entry -> conf.set(entry._1(), entry._2()));
    }
    given.forEach(
        (key, value) -> {
          if (!key.startsWith("spark.")) {
            throw CommandErrors.confKeyForeign(key);
          }
          conf.set(key, value);
        });
    StorageDefaults.addTo(conf);
    TimeDefaults.addTo(conf);
    return new CommandContext(conf, modelOption);
  }

  /** Where the command says what it is busy with. */
  Steps steps() {
    return steps;
  }

  /** Where the command shows how far it is. */
  ProgressDisplay display() {
    return ProgressDisplay.standardError(settings().progressInterval());
  }

  /** The settings in force, whether or not they make sense. */
  GuardSettings givenSettings() {
    return settings;
  }

  /**
   * The settings in force.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_UNKNOWN or SETTING_INVALID
   */
  GuardSettings settings() {
    settings.refuseInvalid();
    return settings;
  }

  /** The settings in force as they were given, the model of the command line included. */
  Map<String, String> given() {
    Map<String, String> given = new TreeMap<>(settings().given());
    modelOption.ifPresent(any -> given.putAll(settings.warmingUp(model())));
    return given;
  }

  /** File systems and how to reach them; Spark need not run. */
  Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /**
   * Refuses an input on object storage that cannot be reached, within some seconds.
   *
   * @throws io.bingoguard.guard.GuardException SOURCE_UNREADABLE
   */
  void reachInput(String input) {
    FirstContact.failure(input, hadoop())
        .ifPresent(
            failure -> {
              throw CommandErrors.inputUnreachable(input, failure);
            });
  }

  /**
   * The same of an output.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNREADABLE
   */
  void reachOutput(String output) {
    FirstContact.failure(output, hadoop())
        .ifPresent(
            failure -> {
              throw CommandErrors.outputUnreachable(output, failure);
            });
  }

  /** The model of the command, which need not be there. */
  ModelRef model() {
    return ModelRef.of(modelOption.or(settings::model), hadoop());
  }

  /**
   * Looks at the model without opening it.
   *
   * @return what the codes of its categories mean
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  CategoryNames checkModel() {
    return new CategoryNames(
        LoadedModel.categories(model(), settings().engine(), settings.modelCache(hadoop())));
  }

  /**
   * Refuses an output that takes the labels of another model; as far as its prompt pack and its
   * manifest tell that, before its files are read.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_OTHER_MODEL
   */
  void refuseOtherModel(AcceptedModel accepted) {
    accepted.refuseOtherPack(
        LoadedModel.promptPack(model(), settings().engine(), settings.modelCache(hadoop())));
    LoadedModel.manifest(model(), settings.modelCache(hadoop()))
        .ifPresent(told -> accepted.refuseOther(told.modelRevision(), told.promptPack()));
    accepted.refuseOther(run().model().revision(), run().model().promptPack());
  }

  /** The run of this command with the model, whose files are read once for their digests. */
  RunStamp run() {
    if (run.isEmpty()) {
      steps.begin("Computing the SHA-256 of the model's files");
      run =
          Optional.of(
              RunStamp.of(
                  LoadedModel.identify(
                      model(), settings().engine(), settings.modelCache(hadoop()))));
    }
    return run.get();
  }

  /** The model, opened on the device of this process until the command ends. */
  LoadedModel open() {
    steps.begin("Opening the model");
    LoadedModel model =
        LoadedModel.open(
            model(),
            settings().engine(),
            settings.engine().device(List.of()),
            settings.modelCache(hadoop()));
    open.push(model::close);
    return model;
  }

  /**
   * Takes the right to write to an output, until the command ends.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_IN_USE when another process has it
   */
  OutputLease lease(OutputDirectory output) {
    steps.begin("Looking whether another run writes to the output");
    OutputLease lease = OutputLease.acquire(output, hadoop());
    open.push(lease::close);
    return lease;
  }

  /** Lets signals end Spark's work instead of the process, until the command ends. */
  StopSignals stopSignals() {
    StopSignals signals = StopSignals.heed(spark().sparkContext());
    open.push(signals::close);
    return signals;
  }

  /**
   * The session of this process, started on first use with what every command needs; what the user
   * set stays as it is. The master is the one that {@code spark-submit} gave, or else all cores of
   * this machine.
   */
  SparkSession spark() {
    steps.begin("Starting Spark");
    SparkConf started = conf.clone();
    started.setIfMissing("spark.app.name", "bingoguard");
    started.setIfMissing("spark.master", "local[*]");
    if (started.get("spark.master").startsWith("local")) {
      started.setIfMissing("spark.ui.enabled", "false");
      // The progress line follows the heartbeats.
      started.setIfMissing("spark.executor.heartbeatInterval", "2s");
    }
    addDelta(started);
    if (SparkSession.getDefaultSession().isEmpty()) {
      // Executors open this model when they start.
      modelOption.ifPresent(any -> settings.warmingUp(model()).forEach(started::set));
      hideWarehouse(started);
    }
    return SparkSession.builder().config(started).getOrCreate();
  }

  /** Spark makes this folder, where the command was run, though nothing is put there. */
  private static void hideWarehouse(SparkConf conf) {
    if (!conf.contains(WAREHOUSE)) {
      try {
        // As a URI: a path alone would be one of the cluster's file system.
        conf.set(WAREHOUSE, ProcessFolder.newFolder("warehouse").toUri().toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void addDelta(SparkConf conf) {
    String extensions = conf.get(EXTENSIONS, "");
    if (!extensions.contains(DELTA_EXTENSION)) {
      conf.set(
          EXTENSIONS, extensions.isEmpty() ? DELTA_EXTENSION : extensions + "," + DELTA_EXTENSION);
    }
    conf.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
  }
}
