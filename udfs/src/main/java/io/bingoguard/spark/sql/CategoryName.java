package io.bingoguard.spark.sql;

import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Looks up the name of a category.
 *
 * @param names by code
 * @param model whose categories these are, for errors
 */
record CategoryName(Map<String, String> names, String model) implements ScalarBody {
  private static final ScalarFunction.Builder DESCRIPTION =
      ScalarFunction.named("bingoguard_category_name")
          .gives(
              "Returns the readable name of a category of the model that spark.bingoguard.model names, or of the demo model, which has BingoGuard's; null for null.")
          .argument(
              "code",
              DataTypes.StringType,
              "a code of the columns prompt_category and response_category")
          .example("SELECT _FUNC_('S1')", "Violent crime");

  /** The function, whose names are looked up once a query. */
  static SqlFunction function() {
    SqlFunction described = with(new CategoryName(Map.of(), "")).sql();
    return new SqlFunction(
        described.name(),
        described.info(),
        described.fewest(),
        described.most(),
        arguments -> {
          SessionModel model = SessionModel.of(SparkSession.active());
          return new ScalarCall(
              with(new CategoryName(model.categoryNames(), model.model().name())), arguments);
        });
  }

  private static ScalarFunction with(CategoryName names) {
    return DESCRIPTION.returning(DataTypes.StringType, names);
  }

  @Override
  public Object value(Object[] values, DataType[] types) {
    String code = values[0].toString();
    String name = names.get(code);
    if (name == null) {
      throw SqlErrors.categoryUnknown(code, new TreeSet<>(names.keySet()), model);
    }
    return UTF8String.fromString(name);
  }
}
