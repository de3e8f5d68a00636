package io.bingoguard.audit;

import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Thresholds;
import io.bingoguard.audit.alarm.Watch;
import io.bingoguard.audit.metric.CategoryCell;
import io.bingoguard.audit.metric.Clock;
import io.bingoguard.audit.metric.CountRow;
import io.bingoguard.audit.metric.MetricsReader;
import io.bingoguard.audit.metric.MetricsUpdate;
import io.bingoguard.audit.metric.NightModel;
import io.bingoguard.audit.metric.NightRuns;
import io.bingoguard.guard.GuardException;
import io.bingoguard.table.AuditTable;
import io.bingoguard.table.LabelHistory;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.ReviewEstimates;
import io.bingoguard.table.RunsTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The audit of an output: counts its labels by night, as far as they have changed, compares a night
 * with those before, and writes both into tables beside the labels. Asks no model.
 */
public final class Audit {
  private static final String SOURCE = "source";
  private static final String LANGUAGE = "language";
  private static final int MOST_RUNS = 20;

  private final SparkSession spark;
  private final OutputDirectory output;
  private final AuditSettings settings;
  private final AuditTable metrics;
  private final AuditTable drift;
  private final LabelHistory labels;

  private Audit(SparkSession spark, OutputDirectory output, AuditSettings settings) {
    this.spark = spark;
    this.output = output;
    this.settings = settings;
    this.metrics = AuditTable.metrics(spark, output);
    this.drift = AuditTable.drift(spark, output);
    this.labels = LabelHistory.of(spark, output);
  }

  /**
   * Looks at an output, and changes nothing.
   *
   * @throws GuardException OUTPUT_UNSUITABLE
   */
  public static Audit of(SparkSession spark, OutputDirectory output, AuditSettings settings) {
    Audit audit = new Audit(spark, output, settings);
    audit.metrics.refuseUnfit();
    audit.drift.refuseUnfit();
    return audit;
  }

  /**
   * Audits a night.
   *
   * @param asked the night; empty for the newest that has labels and is over, which one of {@code
   *     occurred_at} is when its day is
   * @param today the day of the audit
   * @param busyWith told what is done
   * @throws GuardException AUDIT_NOT_WRITTEN
   */
  public NightAudit run(Optional<LocalDate> asked, LocalDate today, Consumer<String> busyWith) {
    try {
      return audited(asked, today, busyWith);
    } catch (GuardException e) {
      throw e;
    } catch (Exception e) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw AuditErrors.notWritten(output.root(), e);
    }
  }

  private NightAudit audited(
      Optional<LocalDate> asked, LocalDate today, Consumer<String> busyWith) {
    if (!labels.exists()) {
      return NightAudit.ofNothing(output.root(), NightAlarms.noLabels(output.root()), settings);
    }
    busyWith.accept("Counting the labels by night");
    metrics.create();
    Dataset<Row> runs = RunsTable.of(spark, output).read();
    new MetricsUpdate(labels, runs, metrics, settings.counting()).run();
    MetricsReader reader = new MetricsReader(metrics.read());
    Optional<LocalDate> newest = newest(reader, today);
    if (newest.isEmpty()) {
      return NightAudit.ofNothing(output.root(), NightAlarms.noLabels(output.root()), settings);
    }
    busyWith.accept("Comparing the night with those before");
    LocalDate night = asked.orElseGet(newest::get);
    Clock clock = reader.clock().orElseThrow();
    LocalDate from = first(night);
    List<CountRow> whole = reader.whole(from, night);
    Watch watch = watch(reader, whole, from, night);
    List<FigureFinding> findings = watch.at(night);
    FigureWords words = new FigureWords(labels.categoryNames(output));
    NightQuery query =
        new NightQuery(
            output.labels(),
            clock,
            settings.counting().severeFrom(),
            settings.counting().lowConfidence());
    List<Alarm> alarms =
        new NightAlarms(night, whole, words, query, settings)
            .of(findings, asked.isPresent() ? Optional.empty() : Optional.of(today));
    drift.create();
    model(whole, night)
        .ifPresent(
            model ->
                new DriftRows(spark, drift).write(night, model, findings, watch.evidenceNeeded()));
    Thresholds thresholds = settings.thresholds();
    List<CategoryCell> usualCells =
        reader.cells(
            night.minusDays(thresholds.gapNights() + (long) thresholds.windowNights()),
            night.minusDays(thresholds.gapNights() + 1L));
    return new NightAudit(
        output.root(),
        Optional.of(night),
        Optional.of(clock),
        alarms,
        findings,
        watch.evidenceNeeded(),
        whole,
        reader.cells(night, night),
        usualCells,
        Map.of(SOURCE, reader.named(SOURCE, night), LANGUAGE, reader.named(LANGUAGE, night)),
        reader.exchangesAfter(today),
        NightRuns.of(labels.at(labels.version()), runs, clock, night, MOST_RUNS),
        model(whole, night)
            .flatMap(
                model ->
                    ReviewEstimates.of(spark, output).newest(model.revision(), model.promptPack())),
        words,
        settings);
  }

  /**
   * Of nights by the time of the exchanges, today's is not over, and those to come are a mistake of
   * the corpus; one of them is taken only where there is no other.
   */
  private static Optional<LocalDate> newest(MetricsReader reader, LocalDate today) {
    boolean over = reader.clock().filter(Clock.LABELLED_AT::equals).isPresent();
    return reader
        .newest(over ? today : today.minusDays(1))
        .or(() -> reader.newest(today))
        .or(reader::newest);
  }

  /** The history reaches back to the fixed baseline, where one is set. */
  private LocalDate first(LocalDate night) {
    LocalDate first = night.minusDays(settings.historyNights());
    return settings
        .thresholds()
        .baseline()
        .map(Thresholds.Period::from)
        .filter(from -> from.isBefore(first))
        .orElse(first);
  }

  private Watch watch(MetricsReader reader, List<CountRow> whole, LocalDate from, LocalDate night) {
    NightFigures figures = new NightFigures(settings.measures()).ofAll(whole);
    if (settings.byCategory()) {
      figures.byCategory(reader.byCategory(from, night), whole);
    }
    LocalDate window = night.minusDays(settings.thresholds().windowNights());
    List<Optional<String>> sources = reader.largest(SOURCE, window, night, settings.sources());
    // A corpus without sources, or of a single language, has these figures already.
    if (sources.size() > 1) {
      figures.byPart(reader.by(SOURCE, sources, from, night));
    }
    List<Optional<String>> languages =
        reader.largest(LANGUAGE, window, night, settings.languages());
    if (languages.size() > 1) {
      figures.byPart(reader.by(LANGUAGE, languages, from, night));
    }
    return new Watch(settings.thresholds(), figures.all());
  }

  private static Optional<NightModel> model(List<CountRow> whole, LocalDate night) {
    return whole.stream()
        .filter(row -> row.isAll() && row.night().equals(night))
        .map(CountRow::model)
        .findFirst();
  }
}
