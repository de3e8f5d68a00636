package io.bingoguard.spark;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that go into labelling: one an exchange, or one a piece of input that is no exchange and
 * must not get lost.
 */
public final class ExchangeSchema {
  public static final String CONVERSATION_ID = "conversation_id";
  public static final String TURN_INDEX = "turn_index";
  public static final String OCCURRED_AT = "occurred_at";
  public static final String SOURCE = "source";
  public static final String LANGUAGE = "language";
  public static final String PROMPT = "prompt";
  public static final String RESPONSE = "response";
  public static final String STATUS = "status";
  public static final String ERROR_CODE = "error_code";
  public static final String ERROR_MESSAGE = "error_message";

  /**
   * {@code prompt} and {@code response} are null when that side is missing. A non-null {@code
   * status} (a {@code label_status} value) says that the row is not to be judged and becomes the
   * label's status, with the code and message beside it.
   */
  public static final StructType SCHEMA =
      new StructType()
          .add(CONVERSATION_ID, DataTypes.StringType, false)
          .add(TURN_INDEX, DataTypes.IntegerType, false)
          .add(OCCURRED_AT, DataTypes.TimestampType, true)
          .add(SOURCE, DataTypes.StringType, true)
          .add(LANGUAGE, DataTypes.StringType, true)
          .add(PROMPT, DataTypes.StringType, true)
          .add(RESPONSE, DataTypes.StringType, true)
          .add(STATUS, DataTypes.StringType, true)
          .add(ERROR_CODE, DataTypes.StringType, true)
          .add(ERROR_MESSAGE, DataTypes.StringType, true);

  private ExchangeSchema() {}
}
