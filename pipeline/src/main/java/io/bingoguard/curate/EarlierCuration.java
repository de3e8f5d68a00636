package io.bingoguard.curate;

import static org.apache.spark.sql.functions.broadcast;

import io.bingoguard.source.CorpusRecords;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
   * The last run of an output.
   *
   * @param basis digest of what a run has to have in common with it
   * @return absent where there is none of this basis, or something of it is gone
   */
  static Optional<EarlierCuration> of(SparkSession spark, CuratedOutput output, String basis) {
    return output
        .report()
        .flatMap(CurationSummary::of)
        .filter(summary -> summary.basis().equals(basis))
        .filter(summary -> summary.contents().equals(output.contents()))
        .flatMap(summary -> read(spark, output, summary));
  }

  private static Optional<EarlierCuration> read(
      SparkSession spark, CuratedOutput output, CurationSummary summary) {
    try {
      Dataset<Row> reasons =
          spark.read().format("delta").load(output.folder(CuratedOutput.REASONS));
      EarlierCuration earlier =
          new EarlierCuration(
              summary, CuratedFiles.read(spark, output.folder(CuratedOutput.FILES)), reasons);
      return ReasonCounts.records(reasons) == summary.counts().removed()
          ? Optional.of(earlier)
          : Optional.empty();
    } catch (Exception unreadable) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      LOG.info("What is left in {} of an earlier run cannot be read", output, unreadable);
      return Optional.empty();
    }
  }

  /** The reasons of all files but some. */
  Dataset<Row> without(List<CuratedFile> some) {
    List<String> paths = some.stream().map(file -> file.file().path()).toList();
    return reasons.join(
        broadcast(
            reasons
                .sparkSession()
                .createDataset(paths, Encoders.STRING())
                .toDF(CorpusRecords.FILE)),
        new String[] {CorpusRecords.FILE},
        "left_anti");
  }
}
