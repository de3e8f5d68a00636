package io.bingoguard.label;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.GuardException;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.source.Corpus;
import io.bingoguard.spark.labelling.LabelPartitions;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.table.OutputDirectory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Collects what a job needs. */
public final class LabelJobBuilder {
  final SparkSession spark;
  Corpus corpus;
  OutputDirectory output;
  LabellingOptions options;
  MapPartitionsFunction<Row, Row> labeller;
  Runnable warmUp = () -> {};
  Supplier<List<EngineReport>> engines = List::of;
  List<LoadedModel.Category> categories = List.of();
  ErrorLimit errorLimit = ErrorLimit.NONE;
  ProgressDisplay display;
  OptionalInt limit = OptionalInt.empty();
  InputPolicy policy = InputPolicy.USUAL;
  Runnable refuseLost = () -> {};
  Supplier<Optional<GuardException>> stopped = Optional::empty;

  LabelJobBuilder(SparkSession spark) {
    this.spark = Objects.requireNonNull(spark, "spark");
  }

  public LabelJobBuilder corpus(Corpus value) {
    corpus = value;
    return this;
  }

  public LabelJobBuilder output(OutputDirectory value) {
    output = value;
    return this;
  }

  /** What labels, and how. */
  public LabelJobBuilder options(LabellingOptions value) {
    LabelPartitions partitions = LabelPartitions.on(spark.sparkContext(), value);
    options = value;
    labeller = partitions;
    engines = partitions::reports;
    if (spark.sparkContext().isLocal()) {
      warmUp = partitions::warmUp;
    }
    return this;
  }

  /** Labels in another way: exchange rows in, label rows out, one a row. */
  LabelJobBuilder labeller(MapPartitionsFunction<Row, Row> value) {
    labeller = value;
    return this;
  }

  /** What the codes of categories mean. */
  public LabelJobBuilder categories(List<LoadedModel.Category> value) {
    categories = value;
    return this;
  }

  /** How many rows may be errors; any number, unless this is called. */
  public LabelJobBuilder errorLimit(ErrorLimit value) {
    errorLimit = value;
    return this;
  }

  /**
   * Labels no more than the first exchanges of the input, into an output of their own: what such a
   * run has read of the input is not remembered.
   *
   * @param exchanges at least 1; the driver holds as many at a time
   */
  public LabelJobBuilder limit(int exchanges) {
    limit = OptionalInt.of(exchanges);
    return this;
  }

  /** How the run goes about the files of its input; as usual, unless this is called. */
  public LabelJobBuilder policy(InputPolicy value) {
    policy = value;
    return this;
  }

  /** Called before each commit; what it throws ends the run. */
  public LabelJobBuilder refuseLost(Runnable value) {
    refuseLost = value;
    return this;
  }

  /** Why the run is to end, once it is. */
  public LabelJobBuilder stopped(Supplier<Optional<GuardException>> value) {
    stopped = value;
    return this;
  }

  public LabelJobBuilder progress(ProgressDisplay value) {
    display = value;
    return this;
  }

  /**
   * Refuses what the job could not work with; changes nothing.
   *
   * @throws GuardException OUTPUT_UNSUITABLE, OUTPUT_UNREADABLE, OUTPUT_OTHER_MODEL, OUTPUT_BEHIND,
   *     OUTPUT_INSIDE_INPUT or INPUT_READ_OTHERWISE
   */
  public LabelJob prepare() {
    LabelJob job = new LabelJob(this);
    job.refuseUnfit();
    return job;
  }
}
