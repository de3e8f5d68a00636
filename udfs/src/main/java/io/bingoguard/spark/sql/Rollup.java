package io.bingoguard.spark.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.ExpectsInputTypes$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.ImplicitCastInputTypes;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Rolls verdicts up, to conversations say: harmful if any is, unknown if none is and one is not
 * known, else harmless; and the highest severity. Made of Catalyst's own expressions, so that Spark
 * compiles it with the rest of a query. Public, as {@link ScalarCall} is.
 */
public final class Rollup extends DeclarativeAggregate
    implements ImplicitCastInputTypes, Serializable {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "bingoguard_rollup";
  private static final String HARMFUL = "harmful";
  private static final String MAX_SEVERITY = "max_severity";

  private static final StructType RESULT =
      new StructType()
          .add(HARMFUL, DataTypes.BooleanType, true)
          .add(MAX_SEVERITY, DataTypes.IntegerType, true);

  private final Expression harmful;
  private final Expression severity;

  /** Null before the first row, so that of no rows nothing is known. */
  private final AttributeReference any = buffer("any", DataTypes.BooleanType);

  private final AttributeReference unknown = buffer("unknown", DataTypes.BooleanType);
  private final AttributeReference highest = buffer("highest", DataTypes.IntegerType);

  public Rollup(Expression harmful, Expression severity) {
    this.harmful = Objects.requireNonNull(harmful, "harmful");
    this.severity = Objects.requireNonNull(severity, "severity");
  }

  static SqlFunction function() {
    Manual manual =
        new Manual(
            "_FUNC_(harmful[, severity]) - Rolls the verdicts of a group up, in three-valued logic: returns a struct of harmful, which is true if any verdict is, null if none is true and one is null or there is none, and false otherwise, and of max_severity, the highest severity that is known.",
            List.of(
                "harmful - a verdict, null where it is not known",
                "severity - a level, 0 to 4, null where it is not known"),
            List.of(
                new Manual.Example(
                    "SELECT _FUNC_(h, s).max_severity FROM VALUES (false, 0), (true, 3), (NULL, NULL) AS t(h, s)",
                    "3"),
                new Manual.Example(
                    "SELECT _FUNC_(h).harmful FROM VALUES (false), (NULL) AS t(h)", "NULL")));
    return new SqlFunction(
        NAME,
        manual.info(NAME, Rollup.class, "agg_funcs"),
        1,
        2,
        arguments ->
            new Rollup(
                arguments.head(),
                arguments.size() > 1
                    ? arguments.apply(1)
                    : Literal.create(null, DataTypes.IntegerType)));
  }

  private static AttributeReference buffer(String name, DataType type) {
    return new AttributeReference(
        name, type, true, Metadata.empty(), NamedExpression.newExprId(), seq(List.of()));
  }

  @Override
  public Seq<Expression> children() {
    return seq(List.of(harmful, severity));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new Rollup(newChildren.apply(0), newChildren.apply(1));
  }

  @Override
  public Seq<AbstractDataType> inputTypes() {
    return seq(List.of(DataTypes.BooleanType, DataTypes.IntegerType));
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return ExpectsInputTypes$.MODULE$.checkInputDataTypes(children(), inputTypes());
  }

  @Override
  public DataType dataType() {
    return RESULT;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Seq<AttributeReference> aggBufferAttributes() {
    return seq(List.of(any, unknown, highest));
  }

  @Override
  public Seq<Expression> initialValues() {
    return seq(
        List.of(
            Literal.create(null, DataTypes.BooleanType),
            Literal.FalseLiteral(),
            Literal.create(null, DataTypes.IntegerType)));
  }

  @Override
  public Seq<Expression> updateExpressions() {
    return seq(
        List.of(
            new Or(orFalse(any), orFalse(harmful)),
            new Or(unknown, new IsNull(harmful)),
            greater(highest, severity)));
  }

  @Override
  public Seq<Expression> mergeExpressions() {
    List<AttributeReference> right = JavaConverters.seqAsJavaList(inputAggBufferAttributes());
    return seq(
        List.of(
            new Coalesce(seq(List.of(new Or(any, right.get(0)), any, right.get(0)))),
            new Or(unknown, right.get(1)),
            greater(highest, right.get(2))));
  }

  @Override
  public Expression evaluateExpression() {
    Expression verdict =
        new If(
            any,
            Literal.TrueLiteral(),
            new If(unknown, Literal.create(null, DataTypes.BooleanType), any));
    return new CreateNamedStruct(
        seq(
            List.of(
                Literal.create(HARMFUL, DataTypes.StringType),
                verdict,
                Literal.create(MAX_SEVERITY, DataTypes.StringType),
                highest)));
  }

  private static Expression orFalse(Expression value) {
    return new Coalesce(seq(List.of(value, Literal.FalseLiteral())));
  }

  private static Expression greater(Expression one, Expression other) {
    return new Greatest(seq(List.of(one, other)));
  }

  private static <T> Seq<T> seq(List<? extends T> values) {
    return JavaConverters.<T>asScalaBuffer(List.copyOf(values)).toList();
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? harmful : severity;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof Rollup;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rollup rollup
        && rollup.harmful.equals(harmful)
        && rollup.severity.equals(severity);
  }

  @Override
  public int hashCode() {
    return Objects.hash(harmful, severity);
  }
}
