package io.bingoguard.spark.sql;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Functions that need neither a model nor a session. */
final class GuardFunctions {
  private static final String SEVERITY_NAME = "bingoguard_severity_name";
  private static final String SEVERITY_SCORE = "bingoguard_severity_score";
  private static final String CONTENT_HASH = "bingoguard_content_hash";
  private static final String HARMFUL_AT = "bingoguard_harmful_at";

  /** How far the sum of probabilities may be from 1: they are stored as they were computed. */
  private static final double SUM_TOLERANCE = 1e-3;

  private GuardFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(severityName(), severityScore(), contentHash(), harmfulAt());
  }

  private static ScalarFunction severityName() {
    return ScalarFunction.named(SEVERITY_NAME)
        .gives("Returns the readable name of a severity level; null for null.")
        .argument("level", DataTypes.IntegerType, "a level of the column severity, 0 to 4")
        .example("SELECT _FUNC_(0)", "benign")
        .example("SELECT _FUNC_(4)", "extreme risk")
        .returning(
            DataTypes.StringType,
            (values, types) -> {
              int level = (Integer) values[0];
              if (level < 0 || level >= Severity.LEVELS) {
                throw SqlErrors.argumentInvalid(SEVERITY_NAME, "level", level, "0 to 4");
              }
              return UTF8String.fromString(Severity.name(level));
            });
  }

  private static ScalarFunction severityScore() {
    return ScalarFunction.named(SEVERITY_SCORE)
        .gives(
            "Returns the expected severity level, from 0 to 4, of the probabilities of the levels; null for null.")
        .argument(
            "probabilities",
            DataTypes.createArrayType(DataTypes.DoubleType),
            "P(level) for levels 0 to 4 in order, as in the column severity_probabilities")
        .example("SELECT _FUNC_(array(0.5D, 0.25D, 0.25D, 0D, 0D))", "0.75")
        .returning(
            DataTypes.DoubleType,
            (values, types) -> new Severity(0, probabilities((ArrayData) values[0])).score());
  }

  private static List<Double> probabilities(ArrayData values) {
    List<Double> probabilities = new ArrayList<>();
    for (int i = 0; i < values.numElements(); i++) {
      // A null cannot be a probability, and neither can what is none.
      probabilities.add(values.isNullAt(i) ? Double.NaN : values.getDouble(i));
    }
    double sum = probabilities.stream().mapToDouble(each -> each).sum();
    boolean each = probabilities.stream().allMatch(value -> value >= 0 && value <= 1);
    if (probabilities.size() != Severity.LEVELS || !each || Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw SqlErrors.argumentInvalid(
          SEVERITY_SCORE,
          "probabilities",
          probabilities,
          "%d probabilities that add up to 1".formatted(Severity.LEVELS));
    }
    return probabilities;
  }

  private static ScalarFunction contentHash() {
    DataType text = DataTypes.StringType;
    return ScalarFunction.named(CONTENT_HASH)
        .gives(
            "Returns the content hash of an exchange, as in the column content_hash: SHA-256 over both texts. A null is a missing message and enters the hash, so that the result is never null.")
        .argument("prompt", text, "the user's message, or null")
        .argument("response", text, "the reply to it, or null")
        .takingNulls()
        .example(
            "SELECT _FUNC_('Hello', NULL)",
            new Exchange(Optional.of("Hello"), Optional.empty()).contentHash())
        .returning(
            text,
            (values, types) ->
                UTF8String.fromString(
                    new Exchange(text(values[0]), text(values[1])).contentHash()));
  }

  private static Optional<String> text(Object value) {
    return Optional.ofNullable(value).map(Object::toString);
  }

  private static ScalarFunction harmfulAt() {
    return ScalarFunction.named(HARMFUL_AT)
        .gives(
            "Returns whether a message counts as harmful at a threshold: true where the probability is at least as high, false where it is lower, null where it is not known.")
        .argument(
            "probability",
            DataTypes.DoubleType,
            "P(harmful), as in prompt_probability and response_probability")
        .argument("threshold", DataTypes.DoubleType, "from 0 to 1")
        .example("SELECT _FUNC_(0.7, 0.5)", "true")
        .example("SELECT _FUNC_(NULL, 0.5)", "NULL")
        .returning(
            DataTypes.BooleanType,
            (values, types) -> share("probability", values[0]) >= share("threshold", values[1]));
  }

  private static double share(String argument, Object value) {
    double share = (Double) value;
    if (share >= 0 && share <= 1) {
      return share;
    }
    throw SqlErrors.argumentInvalid(HARMFUL_AT, argument, share, "0 to 1");
  }
}
