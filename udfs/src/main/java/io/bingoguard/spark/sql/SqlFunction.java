package io.bingoguard.spark.sql;

import java.util.function.Function;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Tuple3;
import scala.collection.Seq;

/**
 * A function as a session gets it.
 *
 * @param name as queries call it
 * @param info documents it
 * @param fewest arguments that it needs
 * @param most arguments that it takes
 * @param call makes a call of some arguments an expression
 */
record SqlFunction(
    String name,
    ExpressionInfo info,
    int fewest,
    int most,
    Function<Seq<Expression>, Expression> call) {
  void inject(SparkSessionExtensions extensions) {
    extensions.injectFunction(
        new Tuple3<>(FunctionIdentifier.apply(name), info, arguments -> called(arguments)));
  }

  private Expression called(Seq<Expression> arguments) {
    if (arguments.size() < fewest || arguments.size() > most) {
      throw SqlErrors.wrongNumberOfArguments(
          info.getUsage().replace("_FUNC_", name), arguments.size());
    }
    return call.apply(arguments);
  }
}
