package io.bingoguard.review;

import static org.apache.spark.sql.functions.broadcast;

import io.bingoguard.review.sample.ExchangeKey;
import io.bingoguard.review.sample.SampleItem;
import io.bingoguard.review.tool.ReviewTask;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.ExchangeKeys;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Finds the texts of a sample in the corpus; only these come to the driver. */
final class ExchangeTexts {
  private static final StructType KEYS =
      new StructType()
          .add(LabelRow.CONVERSATION_ID, DataTypes.StringType, false)
          .add(LabelRow.TURN_INDEX, DataTypes.IntegerType, false)
          .add(LabelRow.CONTENT_HASH, DataTypes.StringType, false)
          .add(LabelRow.INPUT_FILE, DataTypes.StringType, true);

  private ExchangeTexts() {}

  /** The texts of items by the items' ids; without those that the corpus does not have. */
  static Map<String, ReviewTask.Texts> of(
      SparkSession spark, Corpus corpus, List<SampleItem> items) {
    Map<Key, ReviewTask.Texts> found = new HashMap<>();
    for (Row row : found(spark, corpus, items)) {
      ReviewTask.Texts texts =
          new ReviewTask.Texts(
              Optional.ofNullable(row.getAs(ExchangeRow.PROMPT)),
              Optional.ofNullable(row.getAs(ExchangeRow.RESPONSE)));
      found.put(Key.of(row), texts);
    }
    Map<String, ReviewTask.Texts> texts = new HashMap<>();
    for (SampleItem item : items) {
      Optional.ofNullable(found.get(Key.of(item.exchange())))
          .ifPresent(text -> texts.put(item.id(), text));
    }
    return texts;
  }

  private static List<Row> found(SparkSession spark, Corpus corpus, List<SampleItem> items) {
    List<Row> keys =
        items.stream()
            .map(SampleItem::exchange)
            .map(Key::of)
            .distinct()
            .map(key -> RowFactory.create(key.id(), key.turn(), key.hash(), key.file()))
            .toList();
    Dataset<Row> wanted = spark.createDataFrame(keys, KEYS);
    Dataset<Row> exchanges = ExchangeKeys.hashed(corpus.batch());
    List<Column> columns = new ArrayList<>(List.of(ExchangeKeys.columns(exchanges)));
    columns.add(exchanges.col(ExchangeRow.PROMPT));
    columns.add(exchanges.col(ExchangeRow.RESPONSE));
    return exchanges
        .join(broadcast(wanted), ExchangeKeys.same(exchanges, wanted), "left_semi")
        .select(columns.toArray(Column[]::new))
        .dropDuplicates(KEYS.fieldNames())
        .collectAsList();
  }

  /** What tells an exchange; the file is null for a Delta table, as in rows. */
  private record Key(String id, int turn, String hash, String file) {
    private static Key of(ExchangeKey exchange) {
      return new Key(
          exchange.conversationId(),
          exchange.turnIndex(),
          exchange.contentHash(),
          exchange.file().orElse(null));
    }

    private static Key of(Row row) {
      return new Key(
          row.getAs(LabelRow.CONVERSATION_ID),
          row.<Integer>getAs(LabelRow.TURN_INDEX),
          row.getAs(LabelRow.CONTENT_HASH),
          row.getAs(LabelRow.INPUT_FILE));
    }
  }
}
