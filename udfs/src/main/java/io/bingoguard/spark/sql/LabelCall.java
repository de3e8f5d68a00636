package io.bingoguard.spark.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.ExpectsInputTypes$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A call of {@code bingoguard_label}. It has no value of its own: {@link LabelExtraction} puts an
 * operator in its place that judges many rows at once. Public, as {@link ScalarCall} is.
 */
public final class LabelCall extends Expression
    implements Unevaluable, UserDefinedExpression, ImplicitCastInputTypes, Serializable {
  static final String NAME = "bingoguard_label";

  private static final long serialVersionUID = 1L;

  private final Expression prompt;
  private final Expression response;

  public LabelCall(Expression prompt, Expression response) {
    this.prompt = Objects.requireNonNull(prompt, "prompt");
    this.response = Objects.requireNonNull(response, "response");
  }

  static SqlFunction function() {
    Manual manual =
        new Manual(
            "_FUNC_(prompt, response) - Judges an exchange by the model that spark.bingoguard.model names, or by the demo model, which is for demonstration and tests only, and returns the label as a struct of columns of the labels table; null where both texts are. Spark evaluates it once, for many rows at a time. For small sets and questions in passing: a table of labels is what `bingoguard label` is for.",
            List.of(
                "prompt - the user's message, null where there is none",
                "response - the reply to it, null where there is none"),
            List.of(
                new Manual.Example(
                    "SELECT _FUNC_('Can you give me a simple recipe for bread?', 'Mix flour, water, salt and yeast, and bake it.').response_harmful",
                    "false"),
                new Manual.Example("SELECT _FUNC_(NULL, NULL)", "NULL")));
    return new SqlFunction(
        NAME,
        manual.info(NAME, LabelCall.class, "misc_funcs"),
        2,
        2,
        arguments -> new LabelCall(arguments.head(), arguments.apply(1)));
  }

  Expression prompt() {
    return prompt;
  }

  Expression response() {
    return response;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Seq<Expression> children() {
    return JavaConverters.asScalaBuffer(List.of(prompt, response)).toList();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new LabelCall(newChildren.apply(0), newChildren.apply(1));
  }

  @Override
  public Seq<AbstractDataType> inputTypes() {
    return JavaConverters.<AbstractDataType>asScalaBuffer(
            List.of(DataTypes.StringType, DataTypes.StringType))
        .toList();
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return ExpectsInputTypes$.MODULE$.checkInputDataTypes(children(), inputTypes());
  }

  @Override
  public DataType dataType() {
    return LabelColumns.TYPE;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  /** So that Spark does not judge a text again wherever its label is used. */
  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public Object eval(InternalRow row) {
    throw SqlErrors.labelMisplaced(toString(), "a place where Spark evaluates it by itself");
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw SqlErrors.labelMisplaced(toString(), "a place where Spark evaluates it by itself");
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public String toString() {
    return "%s(%s, %s)".formatted(NAME, prompt, response);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? prompt : response;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LabelCall;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelCall call
        && call.prompt.equals(prompt)
        && call.response.equals(response);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prompt, response);
  }
}
