package io.bingoguard.spark.labelling;

import io.bingoguard.engine.Judge;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.Severity;
import io.bingoguard.spark.devices.GuardEngines;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Grades replies within given categories inside {@code mapPartitions}, for evaluation: a numbered
 * severity question in, its answer out. A request that fails ends the task: a figure over what is
 * left would mislead. Holds a partition at a time.
 */
public final class SeverityPartitions implements MapPartitionsFunction<Row, Row> {
  private static final String NUMBER = "number";
  private static final String CATEGORY = "category";
  private static final String SEVERITY = "severity";

  private static final StructType QUESTIONS =
      new StructType()
          .add(NUMBER, DataTypes.IntegerType, false)
          .add(CATEGORY, DataTypes.StringType, false)
          .add(ExchangeRow.PROMPT, DataTypes.StringType, true)
          .add(ExchangeRow.RESPONSE, DataTypes.StringType, true);

  private static final StructType GRADES =
      new StructType()
          .add(NUMBER, DataTypes.IntegerType, false)
          .add(SEVERITY, DataTypes.IntegerType, true);

  private final LabellingOptions options;

  public SeverityPartitions(LabellingOptions options) {
    this.options = options;
  }

  /** Columns of what is asked. */
  public static StructType questions() {
    return QUESTIONS;
  }

  /** Columns of what is answered. */
  public static Encoder<Row> grades() {
    return Encoders.row(GRADES);
  }

  /**
   * What is asked.
   *
   * @param number comes back with the answer
   * @param category code of a category of the prompt pack
   */
  public static Row question(int number, String category, Exchange exchange) {
    return RowFactory.create(
        number, category, exchange.prompt().orElse(null), exchange.response().orElse(null));
  }

  /** The number of the question that a row answers. */
  public static int number(Row grade) {
    return grade.getAs(NUMBER);
  }

  /** The level; absent where the answer is off format. */
  public static OptionalInt severity(Row grade) {
    Integer level = grade.getAs(SEVERITY);
    return level == null ? OptionalInt.empty() : OptionalInt.of(level);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    Judge judge =
        GuardEngines.shared(options.model(), options.settings())
            .judge(options.severity(), options.texts().longTexts());
    List<Integer> numbers = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    rows.forEachRemaining(
        row -> {
          numbers.add(row.getAs(NUMBER));
          questions.add(
              Question.severity(judge.category(row.getAs(CATEGORY)), ExchangeRow.exchange(row)));
        });
    List<Optional<Severity>> severities = judge.grade(questions);
    List<Row> grades = new ArrayList<>();
    for (int i = 0; i < severities.size(); i++) {
      grades.add(
          RowFactory.create(numbers.get(i), severities.get(i).map(Severity::level).orElse(null)));
    }
    return grades.iterator();
  }
}
