package io.bingoguard.review.sample;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.ReviewTable;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The samples of an output. */
public final class SampleTable {
  private static final String PLACE = "place";

  private final ReviewTable table;

  private SampleTable(ReviewTable table) {
    this.table = table;
  }

  /** Those of an output; nothing is read or written. */
  public static SampleTable of(SparkSession spark, OutputDirectory output) {
    return new SampleTable(ReviewTable.sample(spark, output));
  }

  /**
   * Refuses a table that could not be written; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseUnfit() {
    table.refuseUnfit();
  }

  /** The sample that was drawn last. */
  public Optional<Sample> newest() {
    return table.newest().flatMap(this::sample);
  }

  /** A sample by its id. */
  public Optional<Sample> sample(String id) {
    List<Row> rows = table.of(id).orderBy(PLACE).collectAsList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(sample(rows));
  }

  /** The sample of every item, by the items' ids. */
  public Map<String, String> sampleOfItem() {
    Map<String, String> samples = new HashMap<>();
    table
        .read()
        .select("item_id", ReviewTable.SAMPLE_ID)
        .collectAsList()
        .forEach(row -> samples.put(row.getString(0), row.getString(1)));
    return samples;
  }

  /** Writes a sample, unless it is there. */
  public void add(Sample sample) {
    if (table.of(sample.id()).isEmpty()) {
      table.replace(
          sample.id(),
          sample.items().stream().map(item -> row(sample, item)).toList(),
          "{\"reviews\":\"sample\"}");
    }
  }

  private static Row row(Sample sample, SampleItem item) {
    ExchangeKey exchange = item.exchange();
    MessageLabel label = item.label();
    Stratum stratum = item.stratum();
    return RowFactory.create(
        sample.id(),
        item.place(),
        item.id(),
        item.side().key(),
        exchange.conversationId(),
        exchange.turnIndex(),
        exchange.contentHash(),
        exchange.file().orElse(null),
        exchange.row().orElse(null),
        label.harmful(),
        label.probability(),
        label.category().orElse(null),
        label.severity().orElse(null),
        stratum.name(),
        stratum.messages(),
        stratum.sampled(),
        stratum.mean(),
        stratum.variance(),
        stratum.weight(),
        sample.model().id(),
        sample.model().revision(),
        sample.model().promptPack(),
        sample.seed(),
        sample.labelsId(),
        sample.labelsVersion(),
        Timestamp.from(sample.at()));
  }

  private static Sample sample(List<Row> rows) {
    Row any = rows.get(0);
    return new Sample(
        any.getAs(ReviewTable.SAMPLE_ID),
        any.<Long>getAs("seed"),
        new Sample.Model(
            any.getAs(LabelRow.MODEL_ID),
            any.getAs(LabelRow.MODEL_REVISION),
            any.getAs(LabelRow.PROMPT_PACK)),
        any.getAs("labels_id"),
        any.<Long>getAs("labels_version"),
        any.<Timestamp>getAs("sampled_at").toInstant(),
        rows.stream().map(SampleTable::item).toList());
  }

  private static SampleItem item(Row row) {
    return new SampleItem(
        row.<Integer>getAs(PLACE),
        row.getAs("item_id"),
        Side.of(row.getAs(Messages.SIDE)),
        new ExchangeKey(
            row.getAs(LabelRow.CONVERSATION_ID),
            row.<Integer>getAs(LabelRow.TURN_INDEX),
            row.getAs(LabelRow.CONTENT_HASH),
            Optional.ofNullable(row.getAs(LabelRow.INPUT_FILE)),
            Optional.ofNullable(row.getAs(LabelRow.INPUT_ROW))),
        new MessageLabel(
            row.<Boolean>getAs(Messages.HARMFUL),
            row.<Double>getAs(Messages.PROBABILITY),
            Optional.ofNullable(row.getAs(Messages.CATEGORY)),
            Optional.ofNullable(row.getAs(LabelRow.SEVERITY))),
        new Stratum(
            row.getAs(Messages.STRATUM),
            row.<Long>getAs("stratum_messages"),
            row.<Integer>getAs("stratum_sample"),
            row.<Double>getAs("stratum_mean"),
            row.<Double>getAs("stratum_variance")));
  }
}
