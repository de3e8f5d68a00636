package io.bingoguard.curate;

import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.Sha256;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import io.bingoguard.table.CurrentLabels;
import io.bingoguard.table.OutputDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Parts a corpus into records that are kept and records that are removed, by rules over its labels.
 * What is removed is written first, with its reasons; both sets are then told by that table, so
 * that no record can be in both or in none. Files whose records would go the same way as in an
 * earlier run are left alone.
 */
public final class Curation {
  /** Of what a run leaves for the next: another build must not take it for its own. */
  private static final String LAYOUT = "parts by file";

  private final SparkSession spark;
  private final Corpus corpus;
  private final OutputDirectory labelled;
  private final LabelledRecords records;
  private final CurationRules rules;
  private final CuratedOutput output;
  private final List<DataFile> files;

  private Curation(
      SparkSession spark,
      Corpus corpus,
      OutputDirectory labelled,
      CurationRules rules,
      CuratedOutput output) {
    this.spark = spark;
    this.corpus = corpus;
    this.labelled = labelled;
    this.files = corpus.files();
    this.records = new LabelledRecords(corpus.records(files), CurrentLabels.of(spark, labelled));
    this.rules = rules;
    this.output = output;
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
        .records()
        .unsuited()
        .ifPresent(
            what -> {
              throw CurateErrors.inputUnsuited(corpus.input(), what);
            });
    if (!rules.categoryLimits().isEmpty()) {
      Set<String> known = records.labels().categories().keySet();
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

  /** Where the sets are. */
  public String location() {
    return output.toString();
  }

  /**
   * What other thresholds and limits would do, the given rules first.
   *
   * @throws GuardException CURATE_OTHER_LABELS or CURATE_UNLABELLED
   */
  public List<PlannedCuration> plan() {
    List<PlannedCuration> planned = new Decisions(rules).plan(records.judged(files));
    refuseUnlabelled(planned.get(0).unlabelled(), planned.get(0).records());
    return planned;
  }

  /**
   * Brings both sets and the reasons up to the corpus and its labels.
   *
   * @param busy is told what is being done
   * @return figures of all, and how many files were parted: 0 where nothing had to be done
   * @throws GuardException CURATE_OTHER_LABELS, CURATE_UNLABELLED, CURATE_NOT_WHOLE or RUN_FAILED;
   *     then what an earlier run has written is left as it is, or the next run makes all anew
   */
  public CurationSummary execute(Consumer<String> busy) {
    busy.accept("Looking for what has changed");
    EarlierCuration.Found found =
        EarlierCuration.of(spark, output, records.records().format(), basis());
    Optional<EarlierCuration> earlier = found.run();
    CurationScope scope =
        earlier
            .map(each -> new CurationChanges(spark, records, rules, each).scope(files))
            .orElseGet(() -> CurationScope.anew(files, found.whyNot()));
    if (scope.isNothing()) {
      return earlier.orElseThrow().summary().again();
    }
    output.clear();
    try {
      return bringUp(scope, earlier.filter(each -> !scope.anew()), busy);
    } catch (Exception failed) {
      // Spark's errors are checked exceptions that its methods do not declare.
      output.clear();
      throw GuardException.in(failed)
          .orElseGet(() -> CurateErrors.runFailed(corpus.input(), output.toString(), failed));
    }
  }

  private CurationSummary bringUp(
      CurationScope scope, Optional<EarlierCuration> earlier, Consumer<String> busy) {
    SetCounts stay =
        earlier
            .map(each -> each.summary().counts().minus(CuratedFile.sum(scope.replaced())))
            .orElse(SetCounts.NONE);
    Parted parted =
        scope.files().isEmpty()
            ? Parted.NOTHING
            : new Parting(records, rules, output, busy)
                .write(
                    scope,
                    earlier.map(each -> each.without(scope.replaced())),
                    (unlabelled, all) -> refuseUnlabelled(unlabelled, stay.records() + all));
    SetCounts counts = stay.plus(parted.counts());
    busy.accept("Putting the sets in their place");
    Dataset<Row> reasons = new Publication(records.records(), output).publish(scope, parted);
    if (ReasonCounts.records(reasons) != counts.removed()) {
      throw CurateErrors.notWhole(output.toString(), counts);
    }
    CurationSummary summary =
        new CurationSummary(
            corpus.path(),
            AskedLabels.of(labelled.root(), records.labels()),
            rules.toString(),
            basis(),
            output.contents(),
            files.size(),
            scope.why(),
            scope.files().size(),
            scope.gone(),
            counts,
            ReasonCounts.byReason(reasons));
    output.complete(summary.json() + "\n");
    return summary;
  }

  /** Digest of what decides about records beside the files and their labels. */
  private String basis() {
    return Sha256.of(
        List.of(
            LAYOUT,
            corpus.path(),
            records.records().layout(),
            records.records().columns().json(),
            rules.toString(),
            labelled.root(),
            records.labels().id()));
  }

  private void refuseUnlabelled(long unlabelled, long all) {
    if (unlabelled > 0 && unlabelled == all) {
      throw CurateErrors.otherLabels(labelled.labels(), corpus.input(), all);
    }
    if (unlabelled > 0 && rules.unlabelled() == CurationRules.Doubt.FAIL) {
      throw CurateErrors.unlabelled(labelled.labels(), corpus.input(), unlabelled, all);
    }
  }
}
