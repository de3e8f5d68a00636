package io.bingoguard.table;

import static io.bingoguard.spark.rows.LabelRow.CONVERSATION_ID;
import static io.bingoguard.spark.rows.LabelRow.LABELLED_AT;
import static io.bingoguard.spark.rows.LabelRow.OCCURRED_AT;
import static io.bingoguard.spark.rows.LabelRow.RUN_ID;
import static io.bingoguard.spark.rows.LabelRow.SOURCE;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The labels of a model and prompt pack, one row an exchange; those of others beside them where all
 * was labelled again.
 */
public final class LabelsTable {
  private static final String COMMENT = "Harmfulness and severity labels, one row an exchange";

  /**
   * When a row was labelled is known for every corpus and is what a nightly reader asks for; the
   * conversation is what a join with the corpus asks for.
   */
  private static final List<String> CLUSTER_BY = List.of(LABELLED_AT, CONVERSATION_ID);

  /** Those that go with files: what is judged varies within any. */
  private static final List<String> STATISTICS =
      List.of(LABELLED_AT, CONVERSATION_ID, RUN_ID, OCCURRED_AT, SOURCE);

  /** How many exchanges of an input the table holds at most, where it does not hold all. */
  static final String LIMIT = "bingoguard.limit";

  /** All runs are one writer, so that no two can commit at once. */
  private static final String WRITER = "bingoguard-labels";

  private static final String INCLUDE_TEXT = "--include-text";

  /** A run without the option would leave them null, as if there had been no text. */
  private static final Map<String, String> TEXTS =
      Map.of(LabelRow.PROMPT_TEXT, INCLUDE_TEXT, LabelRow.RESPONSE_TEXT, INCLUDE_TEXT);

  /** What another run may judge: neither the corpus nor the text is why it was not judged. */
  private static final Column RETRIABLE =
      status(LabelStatus.ERROR)
          .and(functions.not(functions.col(LabelRow.ERROR_CODE).startsWith("SOURCE_")))
          .or(status(LabelStatus.SKIPPED_EMPTY).and(functions.col(LabelRow.PREPARED).isNotNull()))
          .or(status(LabelStatus.SKIPPED_LANGUAGE))
          .or(status(LabelStatus.SKIPPED_LONG));

  private static Column status(LabelStatus status) {
    return functions.col(LabelRow.LABEL_STATUS).equalTo(status.key());
  }

  private final PathTable table;
  private final RunStamp stamp;
  private final boolean besideOthers;

  private LabelsTable(PathTable table, RunStamp stamp, boolean besideOthers) {
    this.table = table;
    this.stamp = stamp;
    this.besideOthers = besideOthers;
  }

  /**
   * The table of an output, which need not exist yet; nothing is read or written.
   *
   * @param stamp of the run that is going to append
   * @param includeText whether the two texts are written
   */
  public static LabelsTable of(
      SparkSession spark, OutputDirectory output, RunStamp stamp, boolean includeText) {
    TableSpec spec =
        new TableSpec(
            COMMENT,
            LabelRow.schema(includeText),
            LabelConstraints.of(stamp),
            CLUSTER_BY,
            STATISTICS,
            includeText ? Map.of() : TEXTS);
    return new LabelsTable(new PathTable(spark, output.labels(), spec), stamp, false);
  }

  /** The same, for a run that may append beside labels of other models and prompt packs. */
  public LabelsTable besideOthers() {
    return new LabelsTable(table, stamp, true);
  }

  boolean isBesideOthers() {
    return besideOthers;
  }

  /**
   * Refuses what the run could not append to; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE when something else is there,
   *     OUTPUT_OTHER_MODEL when the table takes labels of another model or prompt pack
   */
  public void refuseUnfit() {
    table.refuseUnfit();
    if (!besideOthers && table.exists() && !takesThisModel() && !table.read().isEmpty()) {
      throw TableErrors.otherModel(
          table.path(),
          LabelConstraints.labellingNow(table.constraint(LabelConstraints.ONE_MODEL)),
          LabelConstraints.oneModel(stamp));
    }
  }

  /**
   * Creates the table if it is not there, and adds the columns that an older one lacks, those of
   * the texts included; its rows are null there.
   *
   * @throws io.bingoguard.guard.GuardException as {@link #refuseUnfit} does: others write too
   */
  public void create() {
    table.create();
    refuseUnfit();
    if (!takesThisModel()) {
      takeThisModel();
    }
    table.widen();
    table.loosen(
        LabelConstraints.STATUS, LabelConstraints.STATUS_KNOWN, LabelConstraints::knowsStatuses);
  }

  /** From the rows, which tell it also where an older build died without the constraint. */
  private void takeThisModel() {
    Set<String> conditions = new LinkedHashSet<>();
    table
        .read()
        .select(LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .distinct()
        .orderBy(LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .collectAsList()
        .forEach(
            row -> conditions.add(LabelConstraints.oneModel(row.getString(0), row.getString(1))));
    String now = LabelConstraints.oneModel(stamp);
    conditions.remove(now);
    conditions.add(now);
    table.replaceConstraint(LabelConstraints.ONE_MODEL, LabelConstraints.oneOf(conditions));
  }

  /**
   * Refuses a table that holds rows.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseFilled() {
    if (!isEmpty()) {
      throw TableErrors.limitNeedsNewOutput(table.path());
    }
  }

  /**
   * Refuses a table of the first exchanges of an input: all of it would be labelled beside them.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseLimited() {
    String limit = table.exists() ? table.property(LIMIT) : "";
    if (!limit.isEmpty()) {
      throw TableErrors.outputLimited(table.path(), limit);
    }
  }

  /**
   * Refuses a table that holds rows of other runs than the one that appends; a run may have looked
   * at the table before this one limited it.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_IN_USE
   */
  public void refuseOthers() {
    if (!table.read().where(functions.col(RUN_ID).notEqual(stamp.runId())).isEmpty()) {
      throw TableErrors.filledByOthers(table.path());
    }
  }

  /** Remembers that the table gets no more than the first exchanges of an input. */
  public void limit(int exchanges) {
    table.setProperty(LIMIT, Integer.toString(exchanges));
  }

  private boolean takesThisModel() {
    return LabelConstraints.labellingNow(table.constraint(LabelConstraints.ONE_MODEL))
        .equals(LabelConstraints.oneModel(stamp));
  }

  boolean exists() {
    return table.exists();
  }

  /** Whether nothing was ever done to the table but to create it. */
  public boolean neverWritten() {
    return table.version() == 0;
  }

  /** Whether it holds no row, or does not exist. */
  public boolean isEmpty() {
    return !table.exists() || table.read().isEmpty();
  }

  public String path() {
    return table.path();
  }

  public Dataset<Row> read() {
    return table.read();
  }

  public Dataset<Row> rowsOf(String runId) {
    Objects.requireNonNull(runId, "runId");
    return table.read().where(functions.col(RUN_ID).equalTo(runId));
  }

  /** Rows of the model and prompt pack of the run. */
  public Dataset<Row> ofThisModel() {
    return table.read().where(thisModel());
  }

  /**
   * Rows of the model whose texts were judged by one of some runs.
   *
   * @param runs a column of run ids
   */
  public Dataset<Row> judgedBy(Dataset<Row> runs) {
    return ofThisModel()
        .where(
            functions
                .col(LabelRow.WINDOWS)
                .gt(0)
                .and(functions.col(LabelRow.LABEL_STATUS).notEqual(LabelStatus.ERROR.key())))
        .join(runs, RUN_ID, "left_semi");
  }

  private Column thisModel() {
    return functions
        .col(LabelRow.MODEL_REVISION)
        .equalTo(stamp.model().revision())
        .and(functions.col(LabelRow.PROMPT_PACK).equalTo(stamp.model().promptPack()));
  }

  /**
   * Rows of the model that came out as errors for reasons that are not in the corpus, or were not
   * judged as they were long, in another language, or emptied by steps of preparation.
   */
  public Dataset<Row> retriable() {
    return ofThisModel().where(RETRIABLE);
  }

  /**
   * Deletes such rows.
   *
   * @param keys distinct values of columns, by which the rows are told
   */
  public void deleteRetriable(Dataset<Row> keys) {
    table.delete(keys, thisModel().and(RETRIABLE), LabelCommit.ofRun(stamp.runId()));
  }

  /**
   * Marks rows as those of exchanges that the corpus no longer holds, or takes the mark away.
   *
   * @param keys distinct values of columns, by which the rows are told
   */
  public void markDeleted(Dataset<Row> keys, boolean deleted) {
    Column mark = deleted ? functions.lit(true) : functions.lit(null);
    table.update(keys, Map.of(LabelRow.SOURCE_DELETED, mark), LabelCommit.ofRun(stamp.runId()));
  }

  /** Number of pairs of conversation and turn that a run has labelled more than once. */
  public long repeatedKeys(String runId) {
    return rowsOf(runId)
        .groupBy(CONVERSATION_ID, LabelRow.TURN_INDEX)
        .count()
        .where(functions.col("count").gt(1))
        .count();
  }

  /** Appends in one commit, whoever else writes. */
  public Committed append(Dataset<Row> labels, LabelCommit commit) {
    return append(labels, commit, () -> {});
  }

  /**
   * Appends in one commit, which is numbered by the version that it makes: so a run that another
   * has overtaken writes nothing.
   *
   * @param refuseOvertaken refuses a run that was overtaken before; called with the number in hand,
   *     so that who overtakes it later has taken the number too
   * @throws io.bingoguard.guard.GuardException OUTPUT_IN_USE when another run has committed since
   */
  public Committed append(Dataset<Row> labels, LabelCommit commit, Runnable refuseOvertaken) {
    long next = table.version() + 1;
    refuseOvertaken.run();
    table.append(labels, WRITER, next, commit.userMetadata());
    return table.commits(next).stream()
        .filter(made -> commit.wrote(made.userMetadata()))
        .findFirst()
        .map(made -> new Committed(made.version(), made.rows().orElse(0)))
        .orElseThrow(() -> TableErrors.overtaken(table.path()));
  }

  /**
   * A commit that was made.
   *
   * @param version of the table that it made
   * @param rows that it added
   */
  public record Committed(long version, long rows) {}
}
