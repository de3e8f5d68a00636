package io.bingoguard.spark;

import io.bingoguard.model.DemoModel;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of the labels table, one row an exchange, each with its comment. */
public final class LabelSchema {
  public static final String CONVERSATION_ID = "conversation_id";
  public static final String TURN_INDEX = "turn_index";
  public static final String OCCURRED_AT = "occurred_at";
  public static final String SOURCE = "source";
  public static final String CONTENT_HASH = "content_hash";
  public static final String LANGUAGE = "language";
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
  public static final String MODEL_ID = "model_id";
  public static final String MODEL_REVISION = "model_revision";
  public static final String PROMPT_PACK = "prompt_pack";
  public static final String ENGINE_VERSION = "engine_version";
  public static final String RUN_ID = "run_id";
  public static final String LABELLED_AT = "labelled_at";
  public static final String PROMPT_TEXT = "prompt_text";
  public static final String RESPONSE_TEXT = "response_text";

  private static final StructType LABELS =
      new StructType()
          .add(
              required(
                  CONVERSATION_ID,
                  DataTypes.StringType,
                  "The corpus's own conversation id, or the SHA-256 of the conversation where it has none"))
          .add(
              required(
                  TURN_INDEX,
                  DataTypes.IntegerType,
                  "Position of the exchange within its conversation, from 0"))
          .add(
              optional(
                  OCCURRED_AT,
                  DataTypes.TimestampType,
                  "When the conversation took place, from the corpus"))
          .add(
              optional(
                  SOURCE,
                  DataTypes.StringType,
                  "Where the conversation comes from, from the corpus"))
          .add(
              required(
                  CONTENT_HASH,
                  DataTypes.StringType,
                  "SHA-256 of the exchange's two texts; equal texts have equal hashes"))
          .add(optional(LANGUAGE, DataTypes.StringType, "Language, from the corpus"))
          .add(
              optional(
                  PROMPT_HARMFUL,
                  DataTypes.BooleanType,
                  "Whether the user's message is harmful; null when not judged"))
          .add(
              optional(
                  PROMPT_PROBABILITY,
                  DataTypes.DoubleType,
                  "P(harmful) of the user's message among the legal answers"))
          .add(
              optional(
                  PROMPT_CATEGORY,
                  DataTypes.StringType,
                  "Code of the most likely category of a harmful message"))
          .add(
              optional(
                  RESPONSE_HARMFUL,
                  DataTypes.BooleanType,
                  "Whether the assistant's reply is harmful; null when not judged"))
          .add(
              optional(
                  RESPONSE_PROBABILITY,
                  DataTypes.DoubleType,
                  "P(harmful) of the reply among the legal answers"))
          .add(
              optional(
                  RESPONSE_CATEGORY,
                  DataTypes.StringType,
                  "Code of the most likely category of a harmful reply"))
          .add(
              optional(
                  SEVERITY,
                  DataTypes.IntegerType,
                  "Severity of the reply, 0 benign to 4 extreme; 0 for a reply judged harmless, null when not judged"))
          .add(
              optional(
                  SEVERITY_PROBABILITIES,
                  DataTypes.createArrayType(DataTypes.DoubleType, false),
                  "P(level) for levels 0 to 4; null when the model was not asked"))
          .add(optional(SEVERITY_SCORE, DataTypes.DoubleType, "Expected severity level, 0 to 4"))
          .add(
              required(
                  LABEL_STATUS,
                  DataTypes.StringType,
                  "Worst outcome of the tasks: ok, truncated, off_format, skipped_empty or error"))
          .add(
              optional(
                  ERROR_CODE,
                  DataTypes.StringType,
                  "Stable code of what kept the status from being ok"))
          .add(
              optional(
                  ERROR_MESSAGE,
                  DataTypes.StringType,
                  "The task or field concerned and what happened; never conversation text"))
          .add(
              optional(
                  FORMAT_CONFIDENCE,
                  DataTypes.DoubleType,
                  "Smallest probability mass that the model put on legal answers, over the tasks"))
          .add(
              required(
                  INPUT_TOKENS,
                  DataTypes.IntegerType,
                  "Prompt tokens of all tasks as the model sees them"))
          .add(
              required(
                  WINDOWS,
                  DataTypes.IntegerType,
                  "Number of windows of text judged: 1, or 0 when nothing was judged"))
          .add(
              required(
                  MODEL_ID,
                  DataTypes.StringType,
                  "Name of the model; " + DemoModel.ID + " is the bundled demo model"))
          .add(required(MODEL_REVISION, DataTypes.StringType, "SHA-256 over the model's files"))
          .add(
              required(
                  PROMPT_PACK,
                  DataTypes.StringType,
                  "Name, version and SHA-256 of the prompt pack"))
          .add(required(ENGINE_VERSION, DataTypes.StringType, "Version of this software"))
          .add(required(RUN_ID, DataTypes.StringType, "The run that wrote the row"))
          .add(required(LABELLED_AT, DataTypes.TimestampType, "When the row was labelled"));

  private LabelSchema() {}

  /** The table's schema; with {@code includeText} the two texts stand at the end. */
  public static StructType of(boolean includeText) {
    return includeText
        ? LABELS
            .add(optional(PROMPT_TEXT, DataTypes.StringType, "The user's message"))
            .add(optional(RESPONSE_TEXT, DataTypes.StringType, "The assistant's reply"))
        : LABELS;
  }

  private static StructField required(String name, DataType type, String comment) {
    return new StructField(name, type, false, Metadata.empty()).withComment(comment);
  }

  private static StructField optional(String name, DataType type, String comment) {
    return new StructField(name, type, true, Metadata.empty()).withComment(comment);
  }
}
