package io.bingoguard.spark.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.ExpectsInputTypes$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A call of a {@link ScalarFunction}. Public, with a public constructor, since Catalyst copies
 * expressions by reflection.
 */
public final class ScalarCall extends Expression
    implements CodegenFallback, ImplicitCastInputTypes, Serializable {
  private static final long serialVersionUID = 1L;

  private final ScalarFunction function;
  private final Seq<Expression> arguments;

  public ScalarCall(ScalarFunction function, Seq<Expression> arguments) {
    this.function = Objects.requireNonNull(function, "function");
    this.arguments = Objects.requireNonNull(arguments, "arguments");
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new ScalarCall(function, newChildren);
  }

  @Override
  public Seq<AbstractDataType> inputTypes() {
    return JavaConverters.asScalaBuffer(function.inputTypes()).toList();
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return ExpectsInputTypes$.MODULE$.checkInputDataTypes(arguments, inputTypes());
  }

  @Override
  public DataType dataType() {
    return function.result();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public boolean foldable() {
    return list().stream().allMatch(Expression::foldable);
  }

  @Override
  public Object eval(InternalRow row) {
    List<Expression> expressions = list();
    Object[] values = new Object[expressions.size()];
    DataType[] types = new DataType[expressions.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = expressions.get(i).eval(row);
      types[i] = expressions.get(i).dataType();
      if (values[i] == null && !function.takesNulls()) {
        return null;
      }
    }
    return function.body().value(values, types);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  private List<Expression> list() {
    return JavaConverters.seqAsJavaList(arguments);
  }

  @Override
  public String prettyName() {
    return function.name();
  }

  @Override
  public String toString() {
    return prettyName() + arguments.mkString("(", ", ", ")");
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? function : arguments;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ScalarCall;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScalarCall call
        && call.function.equals(function)
        && call.arguments.equals(arguments);
  }

  @Override
  public int hashCode() {
    return Objects.hash(function.name(), arguments);
  }
}
