package io.bingoguard.review.sample;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.bingoguard.guard.Sha256;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.CurrentLabels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * Draws a stratified sample: within each stratum every set of messages is as likely as every other.
 * Messages are ordered by a hash over what tells them and the seed, and the first are taken, so
 * that the same seed draws the same sample wherever the rows lie. Only the sample comes to the
 * driver.
 */
public final class Sampler {
  private static final String DRAW = "draw";
  private static final String RANK = "rank";
  private static final String ITEMS = "items";
  private static final String MOST = "most";
  private static final StructType PLAN =
      new StructType()
          .add(Messages.STRATUM, StringType, false)
          .add(ITEMS, IntegerType, false)
          .add(MOST, DoubleType, false);

  /** A hash has more bits than a double keeps. */
  private static final int SPARE_BITS = 11;

  private static final double UNIT = 0x1p-53;
  private static final int ID_DIGITS = 32;
  private static final int FRACTION_DIGITS = 13;

  private final CurrentLabels labels;
  private final SampleRequest request;

  private Sampler(CurrentLabels labels, SampleRequest request) {
    this.labels = labels;
    this.request = request;
  }

  /**
   * Draws a sample.
   *
   * @param at when
   * @return the same as before, but for the time, where labels and request are the same
   * @throws io.bingoguard.guard.GuardException REVIEW_NOTHING_TO_SAMPLE where no message has a
   *     verdict, REVIEW_SAMPLE_TOO_SMALL where strata would get too few items
   */
  public static Sample draw(CurrentLabels labels, SampleRequest request, Instant at) {
    return new Sampler(labels, request).draw(at);
  }

  private Sample draw(Instant at) {
    Dataset<Row> messages = Messages.of(labels, request.sides());
    List<Stratum> strata = Messages.strata(messages);
    if (strata.isEmpty()) {
      throw SampleErrors.nothingToSample();
    }
    if (request.size() < Allocation.least(strata)) {
      throw SampleErrors.sampleTooSmall(
          request.size(), Allocation.least(strata), strata.size(), Allocation.LEAST);
    }
    List<Stratum> allocated = Allocation.of(strata, request.size());
    int size = allocated.stream().mapToInt(Stratum::sampled).sum();
    List<Row> drawn = take(messages, allocated, false);
    if (drawn.size() < size) {
      drawn = take(messages, allocated, true);
    }
    Sample.Model model = model(drawn.get(0));
    String id = id(model);
    return new Sample(
        id, request.seed(), model, labels.id(), labels.version(), at, items(id, drawn, allocated));
  }

  /**
   * The rows that are drawn.
   *
   * @param everything whether all messages are put in order, and not only those whose hash is so
   *     small that there are more than enough of them but by a chance of less than one in a million
   */
  private List<Row> take(Dataset<Row> messages, List<Stratum> strata, boolean everything) {
    List<Row> plan =
        strata.stream()
            .map(
                stratum ->
                    RowFactory.create(
                        stratum.name(), stratum.sampled(), everything ? 1.0 : most(stratum)))
            .toList();
    Dataset<Row> wanted = messages.sparkSession().createDataFrame(plan, PLAN);
    Column[] order =
        Stream.concat(Stream.of(DRAW), CurrentLabels.KEY.stream())
            .map(name -> col(name))
            .toArray(Column[]::new);
    return messages
        .withColumn(DRAW, uniform())
        .join(broadcast(wanted), Messages.STRATUM)
        .where(col(DRAW).leq(col(MOST)))
        .withColumn(RANK, row_number().over(Window.partitionBy(Messages.STRATUM).orderBy(order)))
        .where(col(RANK).leq(col(ITEMS)))
        .orderBy(Messages.STRATUM, RANK)
        .collectAsList();
  }

  private static double most(Stratum stratum) {
    double enough = stratum.sampled() + 10 * Math.sqrt(stratum.sampled()) + 20;
    return Math.min(1, enough / stratum.messages());
  }

  /** A number in [0, 1) for each message. */
  private Column uniform() {
    Column[] told =
        Stream.concat(
                Stream.of(lit(request.seed()), col(Messages.SIDE)),
                CurrentLabels.KEY.stream().map(name -> col(name)))
            .toArray(Column[]::new);
    return shiftrightunsigned(xxhash64(told), SPARE_BITS).cast(DoubleType).multiply(UNIT);
  }

  private static Sample.Model model(Row row) {
    return new Sample.Model(
        row.getAs(LabelRow.MODEL_ID),
        row.getAs(LabelRow.MODEL_REVISION),
        row.getAs(LabelRow.PROMPT_PACK));
  }

  private String id(Sample.Model model) {
    String sides =
        request.sides().stream().sorted().map(Side::key).collect(Collectors.joining(","));
    return shortened(
        List.of(
            labels.id(),
            Long.toString(labels.version()),
            model.revision(),
            model.promptPack(),
            Integer.toString(request.size()),
            Long.toString(request.seed()),
            sides));
  }

  private static String shortened(List<String> told) {
    return Sha256.of(told).substring(0, ID_DIGITS);
  }

  /** In an order in which any beginning has its share of every stratum. */
  private static List<SampleItem> items(String sample, List<Row> drawn, List<Stratum> strata) {
    Map<String, Stratum> byName =
        strata.stream().collect(Collectors.toMap(Stratum::name, Function.identity()));
    List<Placed> placed = new ArrayList<>();
    for (Row row : drawn) {
      Stratum stratum = byName.get(row.<String>getAs(Messages.STRATUM));
      SampleItem item = item(sample, row, stratum);
      double within = row.<Integer>getAs(RANK) - fraction(item.id());
      placed.add(new Placed(within / stratum.sampled(), item));
    }
    placed.sort(Comparator.comparingDouble(Placed::order).thenComparing(one -> one.item().id()));
    List<SampleItem> items = new ArrayList<>();
    for (Placed one : placed) {
      items.add(one.item().at(items.size() + 1));
    }
    return items;
  }

  /** An item and what it is ordered by. */
  private record Placed(double order, SampleItem item) {}

  /** A number in [0, 1) that is drawn by the digits of an id. */
  private static double fraction(String id) {
    return Long.parseLong(id.substring(0, FRACTION_DIGITS), 16) / Math.pow(16, FRACTION_DIGITS);
  }

  private static SampleItem item(String sample, Row row, Stratum stratum) {
    ExchangeKey exchange =
        new ExchangeKey(
            row.getAs(LabelRow.CONVERSATION_ID),
            row.<Integer>getAs(LabelRow.TURN_INDEX),
            row.getAs(LabelRow.CONTENT_HASH),
            Optional.ofNullable(row.getAs(LabelRow.INPUT_FILE)),
            Optional.ofNullable(row.getAs(LabelRow.INPUT_ROW)));
    MessageLabel label =
        new MessageLabel(
            row.<Boolean>getAs(Messages.HARMFUL),
            row.<Double>getAs(Messages.PROBABILITY),
            Optional.ofNullable(row.getAs(Messages.CATEGORY)),
            Optional.ofNullable(row.getAs(LabelRow.SEVERITY)));
    Side side = Side.of(row.getAs(Messages.SIDE));
    String id =
        shortened(
            List.of(
                sample,
                side.key(),
                exchange.conversationId(),
                Integer.toString(exchange.turnIndex()),
                exchange.contentHash(),
                exchange.file().orElse("")));
    return new SampleItem(1, id, side, exchange, label, stratum);
  }
}
