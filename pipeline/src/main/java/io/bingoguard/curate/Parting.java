package io.bingoguard.curate;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;

import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRecords;
import io.bingoguard.source.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes the records of some files beside, parted, with the reasons, and proves them whole. */
final class Parting {
  private final LabelledRecords records;
  private final CurationRules rules;
  private final CuratedOutput output;
  private final Consumer<String> busy;

  /**
   * Into an output.
   *
   * @param busy is told what is being done
   */
  Parting(
      LabelledRecords records, CurationRules rules, CuratedOutput output, Consumer<String> busy) {
    this.records = records;
    this.rules = rules;
    this.output = output;
    this.busy = busy;
  }

  /** Refuses records of which some have no label. */
  interface Refusal {
    void check(long unlabelled, long all);
  }

  /**
   * Writes what is to be parted.
   *
   * @param others reasons of the records that stay as they are
   * @throws io.bingoguard.guard.GuardException CURATE_NOT_WHOLE
   */
  Parted write(CurationScope scope, Optional<Dataset<Row>> others, Refusal refusal) {
    busy.accept("Looking up the labels");
    new Decisions(rules)
        .removed(records.judged(scope.files()), others.map(each -> each.where(Decisions.isOwn())))
        .write()
        .format("delta")
        .save(output.beside(CuratedOutput.REASONS));
    SparkSession spark = records.records().session();
    Dataset<Row> reasons = spark.read().format("delta").load(output.beside(CuratedOutput.REASONS));
    busy.accept("Counting the records");
    Dataset<Row> read = records.read(scope.files());
    RecordWriter writer = writer(scope);
    Map<Integer, Long> all = writer.countRead(read);
    refusal.check(
        ReasonCounts.records(
            reasons.where(array_contains(col(Decisions.REASONS), Reasons.UNLABELLED))),
        sum(all));
    Dataset<Row> keys = reasons.select(CorpusRecords.KEY);
    busy.accept("Writing the records that are kept");
    Map<Integer, Long> kept =
        write(writer, read.join(keys, usingKey(), "left_anti"), CuratedOutput.KEPT);
    busy.accept("Writing the records that are removed");
    Map<Integer, Long> removed =
        write(writer, read.join(keys, usingKey(), "left_semi"), CuratedOutput.REMOVED);
    SetCounts counts = new SetCounts(sum(all), sum(kept), sum(removed));
    if (!counts.isWhole() || counts.removed() != ReasonCounts.records(reasons)) {
      throw CurateErrors.notWhole(output.toString(), counts);
    }
    return new Parted(files(scope, writer, all, kept, removed), counts, writer.ending());
  }

  private RecordWriter writer(CurationScope scope) {
    return new RecordWriter(
        records.records().session(),
        records.records().format(),
        scope.numbers(),
        Packing.of(scope.files().get(0).path()));
  }

  private Map<Integer, Long> write(RecordWriter writer, Dataset<Row> rows, String set) {
    String folder = output.beside(set);
    writer.write(rows, folder);
    return isTable() || output.parts(set).areWritten() ? writer.count(folder) : Map.of();
  }

  private boolean isTable() {
    return records.records().format() == CorpusFormat.DELTA;
  }

  private List<CuratedFile> files(
      CurationScope scope,
      RecordWriter writer,
      Map<Integer, Long> all,
      Map<Integer, Long> kept,
      Map<Integer, Long> removed) {
    List<CuratedFile> files = new ArrayList<>();
    for (DataFile file : scope.files()) {
      if (isTable()) {
        files.add(new CuratedFile(0, file, Optional.empty()));
        continue;
      }
      int number = writer.numbers().get(file.path());
      SetCounts counts =
          new SetCounts(
              all.getOrDefault(number, 0L),
              kept.getOrDefault(number, 0L),
              removed.getOrDefault(number, 0L));
      if (!counts.isWhole()) {
        throw CurateErrors.notWhole(file.path(), counts);
      }
      files.add(new CuratedFile(number, file, Optional.of(counts)));
    }
    return files;
  }

  private static String[] usingKey() {
    return new String[] {CorpusRecords.KEY};
  }

  private static long sum(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
