package io.bingoguard.curate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRecords;
import io.bingoguard.source.DataFile;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.CurrentLabels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the files whose records have to be parted again: those that came, went or changed, those
 * whose labels changed, and those that hold a conversation which others now take with them or no
 * longer do. Where that cannot be told for certain, it is all of them.
 */
final class CurationChanges {
  private final SparkSession spark;
  private final LabelledRecords records;
  private final CurrentLabels labels;
  private final CurationRules rules;
  private final EarlierCuration earlier;

  /** Since an earlier run of the same rules over the same corpus and labels. */
  CurationChanges(
      SparkSession spark, LabelledRecords records, CurationRules rules, EarlierCuration earlier) {
    this.spark = spark;
    this.records = records;
    this.labels = records.labels();
    this.rules = rules;
    this.earlier = earlier;
  }

  /**
   * What is to be done.
   *
   * @param files those that there are now
   */
  CurationScope scope(List<DataFile> files) {
    AskedLabels before = earlier.summary().labels();
    if (!before.commit().equals(labels.commitId(before.version()))) {
      return CurationScope.anew(files, "the labels are another copy of their table");
    }
    // A model that was at work before and now stands first takes exchanges over without a change.
    if (!labels.models().endsWith(before.models())) {
      return CurationScope.anew(files, "another model's labels are now the newest");
    }
    return labels
        .ofChanges(before.version(), changes -> scope(files, changes))
        .orElseGet(
            () -> CurationScope.anew(files, "the labels' change feed does not reach back so far"));
  }

  private CurationScope scope(List<DataFile> files, Dataset<Row> changes) {
    Set<DataFile> there = Set.copyOf(files);
    Set<DataFile> known =
        earlier.files().stream().map(CuratedFile::file).collect(Collectors.toSet());
    Set<String> gone =
        known.stream()
            .filter(file -> !there.contains(file))
            .map(DataFile::path)
            .collect(Collectors.toSet());
    Set<String> come =
        files.stream()
            .filter(file -> !known.contains(file))
            .map(DataFile::path)
            .collect(Collectors.toSet());
    if (records.records().format() == CorpusFormat.DELTA) {
      if (!gone.isEmpty() || !staysAsItIs(of(files, come), changes)) {
        return CurationScope.anew(
            files, "rows of the table have changed, or new rows or labels bear on older ones");
      }
    } else if (!addOthers(come, gone, files, changes)) {
      return CurationScope.anew(files, "conversations of records without a label are not known");
    }
    return CurationScope.of(of(files, come), earlier.files(), gone);
  }

  /** Adds files that labels or conversations give reason for; false where these cannot be told. */
  private boolean addOthers(
      Set<String> come, Set<String> gone, List<DataFile> files, Dataset<Row> changes) {
    Set<String> others = paths(changes.select(LabelRow.INPUT_FILE));
    others.retainAll(files.stream().map(DataFile::path).toList());
    come.addAll(others);
    if (rules.unit() != CurationRules.Unit.CONVERSATION || (come.isEmpty() && gone.isEmpty())) {
      return true;
    }
    if (rules.unlabelled() == CurationRules.Doubt.KEEP) {
      // Exchanges without a label are in no table that tells their conversations.
      return false;
    }
    Set<String> looked = new HashSet<>(come);
    looked.addAll(gone);
    Dataset<Row> before =
        conversations(own().join(broadcast(CuratedFiles.paths(spark, looked)), CorpusRecords.FILE));
    Dataset<Row> turned =
        before
            .union(unfit(of(files, come)))
            .groupBy(CorpusRecords.CONVERSATION_ID)
            .agg(count(lit(1)).as("times"))
            .where(col("times").equalTo(1));
    Set<String> touched =
        paths(
            labels
                .at(labels.version())
                .join(turned, asArray(LabelRow.CONVERSATION_ID), "left_semi")
                .select(LabelRow.INPUT_FILE));
    touched.retainAll(files.stream().map(DataFile::path).toList());
    come.addAll(touched);
    return true;
  }

  /** Whether what was parted of a table is still right, only rows having come. */
  private boolean staysAsItIs(List<DataFile> come, Dataset<Row> changes) {
    if (rules.unlabelled() != CurationRules.Doubt.FAIL
        || !changes.where(col(CurrentLabels.CHANGE).notEqual("insert")).isEmpty()) {
      return false;
    }
    Dataset<Row> before = labels.at(earlier.summary().labels().version());
    Column same =
        CurrentLabels.KEY.stream()
            .map(name -> changes.col(name).eqNullSafe(before.col(name)))
            .reduce(Column::and)
            .orElseThrow();
    if (!changes.join(before, same, "left_semi").isEmpty()) {
      return false;
    }
    if (!come.isEmpty()
        && !records
            .read(come)
            .join(earlier.reasons(), asArray(CorpusRecords.KEY), "left_semi")
            .isEmpty()) {
      return false;
    }
    return rules.unit() != CurationRules.Unit.CONVERSATION
        || before
            .join(
                unfit(come).except(conversations(own())),
                asArray(LabelRow.CONVERSATION_ID),
                "left_semi")
            .isEmpty();
  }

  /** Conversations of which a record of these files is removed for itself. */
  private Dataset<Row> unfit(List<DataFile> files) {
    return files.isEmpty()
        ? conversations(earlier.reasons().limit(0))
        : conversations(new Decisions(rules).unfit(records.judged(files)));
  }

  /** The records that are not removed for others alone. */
  private Dataset<Row> own() {
    return earlier.reasons().where(Decisions.isOwn());
  }

  private static Dataset<Row> conversations(Dataset<Row> rows) {
    return rows.select(CorpusRecords.CONVERSATION_ID).distinct();
  }

  private static List<DataFile> of(List<DataFile> files, Set<String> paths) {
    return files.stream().filter(file -> paths.contains(file.path())).toList();
  }

  private static Set<String> paths(Dataset<Row> rows) {
    return new HashSet<>(rows.distinct().na().drop().as(Encoders.STRING()).collectAsList());
  }

  private static String[] asArray(String name) {
    return new String[] {name};
  }
}
