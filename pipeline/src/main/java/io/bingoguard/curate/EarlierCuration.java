package io.bingoguard.curate;

import static org.apache.spark.sql.functions.broadcast;

import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRecords;
import io.bingoguard.table.CurationTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run has left that ended well, and that nobody has changed since.
 *
 * @param summary that it reported
 * @param files of the corpus that it knew
 * @param reasons a row for each record that is removed
 */
record EarlierCuration(CurationSummary summary, List<CuratedFile> files, Dataset<Row> reasons) {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierCuration.class);

  EarlierCuration {
    files = List.copyOf(files);
  }

  /**
   * What is known of the last run.
   *
   * @param run absent where nothing can be left of it
   * @param whyNot in words; empty where there was none
   */
  record Found(Optional<EarlierCuration> run, String whyNot) {
    private static Found none(String whyNot) {
      return new Found(Optional.empty(), whyNot);
    }
  }

  /**
   * The last run of an output.
   *
   * @param basis digest of what a run has to have in common with it
   */
  static Found of(SparkSession spark, CuratedOutput output, CorpusFormat format, String basis) {
    Optional<CurationSummary> summary = output.report().flatMap(CurationSummary::of);
    if (summary.isEmpty()) {
      return Found.none(output.holdsSets() ? "the last run did not end well" : "");
    }
    if (!summary.get().basis().equals(basis)) {
      return Found.none(
          "other rules, other columns, another way of reading them, or another table of labels");
    }
    if (!summary.get().contents().equals(output.contents())) {
      return Found.none("the sets are not as they were written");
    }
    try {
      EarlierCuration run = read(spark, output, summary.get());
      return run.isWhole(spark, output, format)
          ? new Found(Optional.of(run), "")
          : Found.none("the sets are not as they were written");
    } catch (Exception unreadable) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      LOG.info("What is left in {} of an earlier run cannot be read", output, unreadable);
      return Found.none("tables of the last run cannot be read");
    }
  }

  private static EarlierCuration read(
      SparkSession spark, CuratedOutput output, CurationSummary summary) {
    return new EarlierCuration(
        summary,
        CuratedFiles.read(spark, output.folder(CuratedOutput.FILES)),
        new CurationTable(spark, output.folder(CuratedOutput.REASONS)).read());
  }

  private boolean isWhole(SparkSession spark, CuratedOutput output, CorpusFormat format) {
    SetCounts counts = summary.counts();
    return ReasonCounts.records(reasons) == counts.removed()
        && (format != CorpusFormat.DELTA
            || (count(spark, output.folder(CuratedOutput.KEPT)) == counts.kept()
                && count(spark, output.folder(CuratedOutput.REMOVED)) == counts.removed()));
  }

  private static long count(SparkSession spark, String table) {
    return new CurationTable(spark, table).read().count();
  }

  /** The reasons of all files but some. */
  Dataset<Row> without(List<CuratedFile> some) {
    return reasons.join(
        broadcast(CuratedFiles.paths(reasons.sparkSession(), CuratedFile.paths(some))),
        new String[] {CorpusRecords.FILE},
        "left_anti");
  }
}
