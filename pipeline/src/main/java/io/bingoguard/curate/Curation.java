package io.bingoguard.curate;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.sum;

import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.Sha256;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRecords;
import io.bingoguard.source.DataFile;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.CurrentLabels;
import io.bingoguard.table.OutputDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Parts a corpus into records that are kept and records that are removed, by rules over its labels.
 * What is removed is written first, with its reasons; both sets are then told by that table, so
 * that no record can be in both or in none.
 */
public final class Curation {
  /** What rules ask. */
  private static final List<String> LABEL =
      List.of(
          LabelRow.LABEL_STATUS,
          LabelRow.PROMPT_HARMFUL,
          LabelRow.PROMPT_PROBABILITY,
          LabelRow.PROMPT_CATEGORY,
          LabelRow.RESPONSE_HARMFUL,
          LabelRow.RESPONSE_PROBABILITY,
          LabelRow.RESPONSE_CATEGORY,
          LabelRow.SEVERITY);

  private final SparkSession spark;
  private final Corpus corpus;
  private final CorpusRecords records;
  private final OutputDirectory labelled;
  private final CurrentLabels labels;
  private final CurationRules rules;
  private final CuratedOutput output;
  private final List<DataFile> files;
  private final Optional<Long> version;

  private Curation(
      SparkSession spark,
      Corpus corpus,
      OutputDirectory labelled,
      CurationRules rules,
      CuratedOutput output) {
    this.spark = spark;
    this.corpus = corpus;
    this.records = corpus.records();
    this.labelled = labelled;
    this.labels = CurrentLabels.of(spark, labelled);
    this.rules = rules;
    this.output = output;
    this.files = corpus.files();
    OptionalLong told = corpus.changes(OptionalLong.empty()).version();
    this.version = told.isPresent() ? Optional.of(told.getAsLong()) : Optional.empty();
  }

  /**
   * Looks at everything and changes nothing.
   *
   * @param labelled the output of label
   * @param location where the sets are to go
   * @throws GuardException CURATE_INPUT_UNSUITED, OUTPUT_INSIDE_INPUT, OUTPUT_UNSUITABLE,
   *     OUTPUT_UNREADABLE or CATEGORY_UNKNOWN
   */
  public static Curation prepare(
      SparkSession spark,
      Corpus corpus,
      OutputDirectory labelled,
      CurationRules rules,
      String location,
      Configuration hadoop) {
    CuratedOutput output = CuratedOutput.open(location, hadoop);
    for (String read : List.of(corpus.path(), labelled.root())) {
      if ((output + "/").startsWith(read + "/") || (read + "/").startsWith(output + "/")) {
        throw CurateErrors.outputInside(output.toString(), read);
      }
    }
    Curation curation = new Curation(spark, corpus, labelled, rules, output);
    curation.refuseUnfit();
    return curation;
  }

  private void refuseUnfit() {
    records
        .unsuited()
        .ifPresent(
            what -> {
              throw CurateErrors.inputUnsuited(corpus.input(), what);
            });
    if (!rules.categoryLimits().isEmpty()) {
      Set<String> known = labels.categories().keySet();
      for (String code : new TreeSet<>(rules.categoryLimits().keySet())) {
        if (!known.contains(code)) {
          throw CurateErrors.categoryUnknown(code, new TreeSet<>(known));
        }
      }
    }
  }

  /** Where the sets go, for the lease that keeps others out. */
  public OutputDirectory directory() {
    return output.directory();
  }

  /** What an earlier run has reported, if everything is still as it was then. */
  public Optional<CurationSummary> unchanged() {
    String state = state();
    return output.report().flatMap(CurationSummary::of).filter(each -> each.state().equals(state));
  }

  private String state() {
    List<String> told = new ArrayList<>();
    told.add(corpus.path());
    told.add(corpus.textLayout());
    told.add(rules.toString());
    told.add(labelled.root());
    told.add(Long.toString(labels.version()));
    version.ifPresent(table -> told.add(Long.toString(table)));
    files.forEach(file -> told.add(file.toString()));
    return Sha256.of(told);
  }

  /**
   * What other thresholds and limits would do, the given rules first.
   *
   * @throws GuardException CURATE_OTHER_LABELS or CURATE_UNLABELLED
   */
  public List<PlannedCuration> plan() {
    List<PlannedCuration> planned = new Decisions(rules).plan(judged());
    refuseUnlabelled(planned.get(0).unlabelled(), planned.get(0).records());
    return planned;
  }

  /**
   * Writes both sets and the reasons.
   *
   * @param busy is told what is being done
   * @throws GuardException CURATE_OTHER_LABELS, CURATE_UNLABELLED or CURATE_NOT_WHOLE; then what an
   *     earlier run has written is left as it is
   */
  public CurationSummary execute(Consumer<String> busy) {
    output.clear();
    try {
      return write(busy);
    } catch (GuardException refused) {
      output.clear();
      throw refused;
    }
  }

  private CurationSummary write(Consumer<String> busy) {
    busy.accept("Counting the records");
    long all = read().count();
    busy.accept("Looking up the labels");
    new Decisions(rules)
        .removed(judged())
        .write()
        .format("delta")
        .save(output.beside(CuratedOutput.REASONS));
    Dataset<Row> reasons = spark.read().format("delta").load(output.beside(CuratedOutput.REASONS));
    refuseUnlabelled(
        records(reasons.where(array_contains(col(Decisions.REASONS), Reasons.UNLABELLED))), all);
    RecordWriter writer =
        new RecordWriter(spark, records.format(), files.stream().findFirst().map(DataFile::path));
    Dataset<Row> keys = reasons.select(CorpusRecords.KEY);
    busy.accept("Writing the records that are kept");
    writer.write(read().join(keys, usingKey(), "left_anti"), output.beside(CuratedOutput.KEPT));
    busy.accept("Writing the records that are removed");
    writer.write(read().join(keys, usingKey(), "left_semi"), output.beside(CuratedOutput.REMOVED));
    busy.accept("Counting what was written");
    long kept = writer.count(output.beside(CuratedOutput.KEPT));
    long removed = writer.count(output.beside(CuratedOutput.REMOVED));
    if (kept + removed != all || removed != records(reasons)) {
      throw CurateErrors.notWhole(output.toString(), all, kept, removed);
    }
    CurationSummary summary =
        new CurationSummary(
            corpus.path(),
            labelled.root(),
            labels.version(),
            rules.toString(),
            state(),
            all,
            kept,
            removed,
            byReason(reasons));
    output.publish(summary.json() + "\n");
    return summary;
  }

  private Dataset<Row> read() {
    return records.read(files, version);
  }

  private static String[] usingKey() {
    return new String[] {CorpusRecords.KEY};
  }

  private static long records(Dataset<Row> reasons) {
    return reasons.agg(coalesce(sum(Decisions.RECORDS), functions.lit(0L))).first().getLong(0);
  }

  private static Map<String, Long> byReason(Dataset<Row> reasons) {
    Map<String, Long> counts = new HashMap<>();
    reasons
        .select(explode(col(Decisions.REASONS)).as("reason"), col(Decisions.RECORDS))
        .groupBy("reason")
        .agg(sum(Decisions.RECORDS))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private void refuseUnlabelled(long unlabelled, long all) {
    if (unlabelled > 0 && unlabelled == all) {
      throw CurateErrors.otherLabels(labelled.labels(), corpus.input(), all);
    }
    if (unlabelled > 0 && rules.unlabelled() == CurationRules.Doubt.FAIL) {
      throw CurateErrors.unlabelled(labelled.labels(), corpus.input(), unlabelled, all);
    }
  }

  /** Every exchange of every record beside its label, whose columns are null where it has none. */
  private Dataset<Row> judged() {
    Dataset<Row> exchanges =
        read()
            .select(
                col(CorpusRecords.KEY),
                col(CorpusRecords.FILE),
                col(CorpusRecords.ROW),
                functions.posexplode(col(CorpusRecords.EXCHANGES)).as(new String[] {"at", "each"}))
            .select(
                col(CorpusRecords.KEY),
                col(CorpusRecords.FILE),
                col(CorpusRecords.ROW),
                col("at").as(Decisions.PLACE),
                col("each.*"));
    Dataset<Row> known = labels.read(LABEL);
    Column same =
        CurrentLabels.KEY.stream()
            .map(name -> exchanges.col(name).eqNullSafe(known.col(name)))
            .reduce(Column::and)
            .orElseThrow();
    List<Column> columns = new ArrayList<>();
    for (String name : exchanges.columns()) {
      columns.add(exchanges.col(name));
    }
    LABEL.forEach(name -> columns.add(known.col(name)));
    // What a record of a table is told by has no file, in labels neither.
    return exchanges.join(known, same, "left").select(columns.toArray(Column[]::new));
  }

  /** Format of the sets. */
  public CorpusFormat format() {
    return records.format();
  }

  /** Where the sets are. */
  public String location() {
    return output.toString();
  }
}
