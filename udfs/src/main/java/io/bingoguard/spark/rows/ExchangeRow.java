package io.bingoguard.spark.rows;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What goes into labelling: an exchange, or a piece of input that is no exchange and must not get
 * lost.
 *
 * @param conversationId the conversation
 * @param turnIndex position in it, from 0
 * @param occurredAt when it took place
 * @param source where it comes from
 * @param language its language, as the corpus spells it
 * @param place where its record stands; empty for tables, whose rows have no lasting place
 * @param exchange the texts
 * @param unreadParts parts of the messages that are not judged, such as images
 * @param settled the label of what is not to be judged
 * @param earlier the label that an earlier run gave to equal texts, where it is to be kept
 * @param prepared the texts as they are judged, where these are others
 */
public record ExchangeRow(
    String conversationId,
    int turnIndex,
    Optional<Instant> occurredAt,
    Optional<String> source,
    Optional<String> language,
    Optional<InputPlace> place,
    Exchange exchange,
    int unreadParts,
    Optional<SafetyLabel> settled,
    Optional<EarlierLabel> earlier,
    Optional<PreparedTexts> prepared) {
  public static final String CONVERSATION_ID = "conversation_id";
  public static final String TURN_INDEX = "turn_index";
  public static final String PROMPT = "prompt";
  public static final String RESPONSE = "response";

  /** A {@code label_status} value; null for an exchange that is to be judged. */
  public static final String STATUS = "status";

  /** An {@link EarlierLabel}; a column that rows need not have. */
  public static final String EARLIER = "earlier";

  private static final String OCCURRED_AT = "occurred_at";
  private static final String SOURCE = "source";
  private static final String LANGUAGE = "language";
  private static final String INPUT_FILE = "input_file";
  public static final String INPUT_ROW = "input_row";
  private static final String UNREAD_PARTS = "unread_parts";
  private static final String ERROR_CODE = "error_code";
  private static final String ERROR_MESSAGE = "error_message";

  static final StructType SCHEMA =
      new StructType()
          .add(CONVERSATION_ID, DataTypes.StringType, false)
          .add(TURN_INDEX, DataTypes.IntegerType, false)
          .add(OCCURRED_AT, DataTypes.TimestampType, true)
          .add(SOURCE, DataTypes.StringType, true)
          .add(LANGUAGE, DataTypes.StringType, true)
          .add(INPUT_FILE, DataTypes.StringType, true)
          .add(INPUT_ROW, DataTypes.LongType, true)
          .add(PROMPT, DataTypes.StringType, true)
          .add(RESPONSE, DataTypes.StringType, true)
          .add(UNREAD_PARTS, DataTypes.IntegerType, false)
          .add(STATUS, DataTypes.StringType, true)
          .add(ERROR_CODE, DataTypes.StringType, true)
          .add(ERROR_MESSAGE, DataTypes.StringType, true);

  public ExchangeRow {
    Objects.requireNonNull(conversationId, "conversationId");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(settled, "settled");
    Objects.requireNonNull(earlier, "earlier");
    Objects.requireNonNull(prepared, "prepared");
  }

  /** An exchange whose texts no earlier run has judged. */
  public ExchangeRow(
      String conversationId,
      int turnIndex,
      Optional<Instant> occurredAt,
      Optional<String> source,
      Optional<String> language,
      Optional<InputPlace> place,
      Exchange exchange,
      int unreadParts,
      Optional<SafetyLabel> settled) {
    this(
        conversationId,
        turnIndex,
        occurredAt,
        source,
        language,
        place,
        exchange,
        unreadParts,
        settled,
        Optional.empty(),
        Optional.empty());
  }

  /** An exchange that is to be judged, of which nothing else is known. */
  public static ExchangeRow of(String conversationId, int turnIndex, Exchange exchange) {
    return new ExchangeRow(
        conversationId,
        turnIndex,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        exchange,
        0,
        Optional.empty());
  }

  /** The columns. */
  public static StructType schema() {
    return SCHEMA;
  }

  public static Encoder<Row> encoder() {
    return Columns.encoder(SCHEMA);
  }

  /** The texts as they are judged, if they are to be judged. */
  public Optional<Exchange> toBeJudged() {
    return known().isPresent() ? Optional.empty() : Optional.of(asJudged());
  }

  /** The texts as they are judged, or would be. */
  public Exchange asJudged() {
    return prepared.map(PreparedTexts::exchange).orElse(exchange);
  }

  /** The same in a language. */
  public ExchangeRow in(String named) {
    return with(occurredAt, Optional.of(named), settled, prepared);
  }

  /** The same at a time. */
  public ExchangeRow at(Instant moment) {
    return with(Optional.of(moment), language, settled, prepared);
  }

  /** The same, which is not to be judged. */
  public ExchangeRow settledAs(SafetyLabel label) {
    return with(occurredAt, language, Optional.of(label), prepared);
  }

  /**
   * The same, of which other texts are judged.
   *
   * @param steps that changed them, in order, separated by commas
   */
  public ExchangeRow judgedAs(Exchange texts, String steps) {
    return with(occurredAt, language, settled, Optional.of(new PreparedTexts(texts, steps)));
  }

  private ExchangeRow with(
      Optional<Instant> otherMoment,
      Optional<String> otherLanguage,
      Optional<SafetyLabel> otherSettled,
      Optional<PreparedTexts> otherPrepared) {
    return new ExchangeRow(
        conversationId,
        turnIndex,
        otherMoment,
        source,
        otherLanguage,
        place,
        exchange,
        unreadParts,
        otherSettled,
        earlier,
        otherPrepared);
  }

  /** The label, if it is known without judging. */
  public Optional<SafetyLabel> known() {
    return settled.or(() -> earlier.map(EarlierLabel::label));
  }

  public Row write() {
    Map<String, Object> values = new HashMap<>();
    values.put(CONVERSATION_ID, conversationId);
    values.put(TURN_INDEX, turnIndex);
    occurredAt.ifPresent(moment -> values.put(OCCURRED_AT, moment));
    source.ifPresent(name -> values.put(SOURCE, name));
    language.ifPresent(name -> values.put(LANGUAGE, name));
    place.ifPresent(
        found -> {
          values.put(INPUT_FILE, found.file());
          values.put(INPUT_ROW, found.row());
        });
    exchange.prompt().ifPresent(text -> values.put(PROMPT, text));
    exchange.response().ifPresent(text -> values.put(RESPONSE, text));
    values.put(UNREAD_PARTS, unreadParts);
    settled.ifPresent(label -> values.put(STATUS, label.status().key()));
    settled
        .flatMap(SafetyLabel::problem)
        .ifPresent(
            problem -> {
              values.put(ERROR_CODE, problem.code().name());
              values.put(ERROR_MESSAGE, problem.message());
            });
    return Columns.row(SCHEMA, values);
  }

  /**
   * Reads a row.
   *
   * @param row with at least the columns of {@link #schema}, in any order; {@link #EARLIER} counts
   *     where it is there
   */
  public static ExchangeRow read(Row row) {
    return new ExchangeRow(
        row.getAs(CONVERSATION_ID),
        row.getAs(TURN_INDEX),
        Columns.moment(row, OCCURRED_AT),
        Columns.value(row, SOURCE),
        Columns.value(row, LANGUAGE),
        Columns.<String>value(row, INPUT_FILE)
            .map(file -> new InputPlace(file, row.<Long>getAs(INPUT_ROW))),
        exchange(row),
        row.getAs(UNREAD_PARTS),
        Columns.<String>value(row, STATUS).map(status -> settled(row, status)),
        row.schema().getFieldIndex(EARLIER).isDefined()
            ? Columns.<Row>value(row, EARLIER).map(EarlierLabel::read)
            : Optional.empty(),
        Optional.empty());
  }

  /** The texts of a row that has at least {@link #PROMPT} and {@link #RESPONSE}. */
  public static Exchange exchange(Row row) {
    return new Exchange(Columns.value(row, PROMPT), Columns.value(row, RESPONSE));
  }

  private static SafetyLabel settled(Row row, String status) {
    return SafetyLabel.notJudged(
        LabelStatus.valueOf(status.toUpperCase(Locale.ROOT)),
        ErrorCode.valueOf(row.getAs(ERROR_CODE)),
        row.getAs(ERROR_MESSAGE));
  }
}
