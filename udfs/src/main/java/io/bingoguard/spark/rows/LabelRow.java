package io.bingoguard.spark.rows;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What comes out of labelling: a row of the labels table.
 *
 * @param exchange what was judged, or not
 * @param label what came out
 * @param stamp what made it
 * @param labelledAt when
 */
public record LabelRow(
    ExchangeRow exchange, SafetyLabel label, RunStamp stamp, Instant labelledAt) {
  public static final String CONVERSATION_ID = "conversation_id";
  public static final String TURN_INDEX = "turn_index";
  public static final String OCCURRED_AT = "occurred_at";
  public static final String SOURCE = "source";
  public static final String CONTENT_HASH = "content_hash";
  public static final String LANGUAGE = "language";
  public static final String INPUT_FILE = "input_file";
  public static final String INPUT_ROW = "input_row";
  public static final String PROMPT_HARMFUL = "prompt_harmful";
  public static final String PROMPT_PROBABILITY = "prompt_probability";
  public static final String PROMPT_CATEGORY = "prompt_category";
  public static final String RESPONSE_HARMFUL = "response_harmful";
  public static final String RESPONSE_PROBABILITY = "response_probability";
  public static final String RESPONSE_CATEGORY = "response_category";
  public static final String SEVERITY = "severity";
  public static final String SEVERITY_PROBABILITIES = "severity_probabilities";
  public static final String SEVERITY_SCORE = "severity_score";
  public static final String LABEL_STATUS = "label_status";
  public static final String ERROR_CODE = "error_code";
  public static final String ERROR_MESSAGE = "error_message";
  public static final String FORMAT_CONFIDENCE = "format_confidence";
  public static final String INPUT_TOKENS = "input_tokens";
  public static final String WINDOWS = "windows";
  public static final String WINDOW_OF_VERDICT = "window_of_verdict";
  public static final String CONTEXT_CUT_TOKENS = "context_cut_tokens";
  public static final String UNREAD_PARTS = "unread_parts";
  public static final String TRUNCATED_TOKENS = "truncated_tokens";
  public static final String MODEL_ID = "model_id";
  public static final String MODEL_REVISION = "model_revision";
  public static final String PROMPT_PACK = "prompt_pack";
  public static final String ENGINE_VERSION = "engine_version";
  public static final String RUN_ID = "run_id";
  public static final String LABELLED_AT = "labelled_at";
  public static final String REUSED_FROM = "reused_from";
  public static final String PREPARED = "prepared";

  /** Not of labelling: later runs write it. */
  public static final String SOURCE_DELETED = "source_deleted";

  public static final String PROMPT_TEXT = "prompt_text";
  public static final String RESPONSE_TEXT = "response_text";

  /** The columns that an {@link EarlierLabel} is read from. */
  public static final List<String> EARLIER_COLUMNS =
      List.of(
          PROMPT_HARMFUL,
          PROMPT_PROBABILITY,
          PROMPT_CATEGORY,
          RESPONSE_HARMFUL,
          RESPONSE_PROBABILITY,
          RESPONSE_CATEGORY,
          SEVERITY,
          SEVERITY_PROBABILITIES,
          LABEL_STATUS,
          ERROR_CODE,
          ERROR_MESSAGE,
          FORMAT_CONFIDENCE,
          INPUT_TOKENS,
          WINDOWS,
          WINDOW_OF_VERDICT,
          CONTEXT_CUT_TOKENS,
          TRUNCATED_TOKENS,
          RUN_ID,
          ENGINE_VERSION);

  private static final StructType LABELS =
      Columns.schema(
          """
          conversation_id        string    -    The corpus's own conversation id, or the SHA-256 of the conversation where it has none
          turn_index             int       -    Position of the exchange within its conversation, from 0
          occurred_at            timestamp null When the conversation took place, from the corpus
          source                 string    null Where the conversation comes from, from the corpus
          content_hash           string    -    SHA-256 of the exchange's two texts; equal texts have equal hashes
          language               string    null Language, from the corpus as it is spelt there, or else found out: an ISO 639 code, und where it cannot be told
          input_file             string    null File that the exchange was read from, as a qualified path; null for a Delta table, whose rows have no lasting place
          input_row              long      null Position of its record in that file, from 0: the line of JSON Lines, the record behind the header of CSV, the row of Parquet; of a message a row, the reply's; null for a Delta table
          prompt_harmful         boolean   null Whether the user's message is harmful; null when not judged
          prompt_probability     double    null P(harmful) of the user's message among the legal answers
          prompt_category        string    null Code of the most likely category of a harmful message
          response_harmful       boolean   null Whether the assistant's reply is harmful; null when not judged
          response_probability   double    null P(harmful) of the reply among the legal answers
          response_category      string    null Code of the most likely category of a harmful reply
          severity               int       null Severity of the reply, 0 benign to 4 extreme; 0 without being asked for a reply judged harmless under --severity flagged; null when the reply was not judged, an answer was off format, or with --severity off
          severity_probabilities double[]  null P(level) for levels 0 to 4; null when the model was not asked
          severity_score         double    null Expected severity level, 0 to 4
          label_status           string    -    Worst outcome of the tasks: ok, truncated, off_format, skipped_empty, skipped_language, skipped_long or error
          error_code             string    null Stable code of what kept the status from being ok
          error_message          string    null The task or field concerned and what happened; never conversation text
          format_confidence      double    null Smallest probability mass that the model put on legal answers, over the tasks
          input_tokens           int       -    Prompt tokens of all tasks as the model sees them
          windows                int       -    Number of windows that the longer text was judged in: 1 where both fit, 0 when nothing was judged
          window_of_verdict      struct<prompt:struct<begin:int,end:int>,response:struct<begin:int,end:int>> null Of texts judged in several windows, where the window stands that decided, in characters from 0 (of a prepared text as it was judged); null where no text that has a verdict was judged in windows
          context_cut_tokens     int       null Tokens of the user's message that the reply was judged without, as the two did not fit together; null when there are none, and when that is in truncated_tokens
          unread_parts           int       null Parts of the two messages that were not judged: images, files, thoughts, text in other fields; null when there are none
          truncated_tokens       int       null Tokens left out of the two texts, of each the most that any task left out; null when no text was cut
          model_id               string    -    Name of the model; bingoguard-mini is the bundled demo model
          model_revision         string    -    SHA-256 over the model's files
          prompt_pack            string    -    Name, version and SHA-256 of the prompt pack
          engine_version         string    -    Version of this software that judged
          run_id                 string    -    The run that wrote the row
          labelled_at            timestamp -    When the row was labelled
          prepared               string    null Steps that changed the texts before they were judged, in order; null where they were judged as they are
          reused_from            string    null Run that judged equal texts, whose label this is a copy of; null where the texts were judged for this row
          source_deleted         boolean   null true where a later run with --mark-deleted has found that the corpus no longer holds the exchange; null otherwise
          """);

  private static final StructType LABELS_AND_TEXT =
      LABELS
          .add(PROMPT_TEXT, StringType, true, "The user's message")
          .add(RESPONSE_TEXT, StringType, true, "The assistant's reply");

  public LabelRow {
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(labelledAt, "labelledAt");
  }

  /**
   * The columns of the labels table, each with its comment.
   *
   * @param includeText whether the two texts stand at the end
   */
  public static StructType schema(boolean includeText) {
    return includeText ? LABELS_AND_TEXT : LABELS;
  }

  public static Encoder<Row> encoder(boolean includeText) {
    return Columns.encoder(schema(includeText));
  }

  /** The row, with the columns of {@link #schema}. */
  public Row write(boolean includeText) {
    Map<String, Object> values = new HashMap<>();
    values.put(CONVERSATION_ID, exchange.conversationId());
    values.put(TURN_INDEX, exchange.turnIndex());
    exchange.occurredAt().ifPresent(moment -> values.put(OCCURRED_AT, moment));
    exchange.source().ifPresent(name -> values.put(SOURCE, name));
    values.put(CONTENT_HASH, exchange.exchange().contentHash());
    exchange.language().ifPresent(name -> values.put(LANGUAGE, name));
    exchange
        .place()
        .ifPresent(
            place -> {
              values.put(INPUT_FILE, place.file());
              values.put(INPUT_ROW, place.row());
            });
    String[] prompt = {PROMPT_HARMFUL, PROMPT_PROBABILITY, PROMPT_CATEGORY};
    String[] response = {RESPONSE_HARMFUL, RESPONSE_PROBABILITY, RESPONSE_CATEGORY};
    label.prompt().ifPresent(verdict -> write(verdict, prompt, values));
    label.response().ifPresent(verdict -> write(verdict, response, values));
    label.severity().ifPresent(severity -> write(severity, values));
    values.put(LABEL_STATUS, label.status().key());
    label
        .problem()
        .ifPresent(
            problem -> {
              values.put(ERROR_CODE, problem.code().name());
              values.put(ERROR_MESSAGE, problem.message());
            });
    label.formatConfidence().ifPresent(mass -> values.put(FORMAT_CONFIDENCE, mass));
    values.put(INPUT_TOKENS, label.inputTokens());
    WindowColumns.write(label.windows(), values);
    if (exchange.unreadParts() > 0) {
      values.put(UNREAD_PARTS, exchange.unreadParts());
    }
    label.truncatedTokens().ifPresent(tokens -> values.put(TRUNCATED_TOKENS, tokens));
    values.put(MODEL_ID, stamp.model().id());
    values.put(MODEL_REVISION, stamp.model().revision());
    values.put(PROMPT_PACK, stamp.model().promptPack());
    values.put(
        ENGINE_VERSION,
        exchange.earlier().map(EarlierLabel::engineVersion).orElse(stamp.engineVersion()));
    values.put(RUN_ID, stamp.runId());
    values.put(LABELLED_AT, labelledAt);
    exchange.prepared().ifPresent(texts -> values.put(PREPARED, texts.steps()));
    exchange.earlier().ifPresent(earlier -> values.put(REUSED_FROM, earlier.runId()));
    if (includeText) {
      exchange.exchange().prompt().ifPresent(text -> values.put(PROMPT_TEXT, text));
      exchange.exchange().response().ifPresent(text -> values.put(RESPONSE_TEXT, text));
    }
    return Columns.row(schema(includeText), values);
  }

  private static void write(Verdict verdict, String[] columns, Map<String, Object> values) {
    values.put(columns[0], verdict.harmful());
    values.put(columns[1], verdict.probability());
    verdict.category().ifPresent(category -> values.put(columns[2], category.code()));
  }

  private static void write(Severity severity, Map<String, Object> values) {
    values.put(SEVERITY, severity.level());
    if (!severity.probabilities().isEmpty()) {
      values.put(SEVERITY_PROBABILITIES, severity.probabilities().toArray(new Double[0]));
    }
    values.put(SEVERITY_SCORE, severity.score());
  }

  /**
   * The label of a row. A row has the codes of categories and not their names, so the code stands
   * for both.
   */
  public static SafetyLabel label(Row row) {
    return new SafetyLabel(
        verdict(row, PROMPT_HARMFUL, PROMPT_PROBABILITY, PROMPT_CATEGORY),
        verdict(row, RESPONSE_HARMFUL, RESPONSE_PROBABILITY, RESPONSE_CATEGORY),
        Columns.<Integer>value(row, SEVERITY).map(level -> severity(row, level)),
        LabelStatus.valueOf(row.<String>getAs(LABEL_STATUS).toUpperCase(Locale.ROOT)),
        Columns.<String>value(row, ERROR_CODE)
            .map(code -> new LabelProblem(ErrorCode.valueOf(code), row.getAs(ERROR_MESSAGE))),
        row.isNullAt(row.fieldIndex(FORMAT_CONFIDENCE))
            ? OptionalDouble.empty()
            : OptionalDouble.of(row.getAs(FORMAT_CONFIDENCE)),
        row.getAs(INPUT_TOKENS),
        WindowColumns.read(row),
        Columns.<Integer>value(row, TRUNCATED_TOKENS)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }

  private static Optional<Verdict> verdict(
      Row row, String harmful, String probability, String category) {
    return Columns.<Boolean>value(row, harmful)
        .map(
            is ->
                new Verdict(
                    is,
                    row.getAs(probability),
                    Columns.<String>value(row, category).map(code -> new Category(code, code))));
  }

  private static Severity severity(Row row, int level) {
    int probabilities = row.fieldIndex(SEVERITY_PROBABILITIES);
    return new Severity(
        level, row.isNullAt(probabilities) ? List.of() : row.getList(probabilities));
  }
}
