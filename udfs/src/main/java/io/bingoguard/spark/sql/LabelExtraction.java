package io.bingoguard.spark.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.Metadata;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Takes calls of {@code bingoguard_label} out of projections and filters: below these comes an
 * operator that judges and adds the label to its rows, each call once. What a filter asks besides
 * goes below it, so that no row is judged that is dropped anyway.
 */
final class LabelExtraction extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan below = plan.mapChildren(this::apply);
    Set<LabelCall> calls = new LinkedHashSet<>();
    JavaConverters.seqAsJavaList(below.expressions()).forEach(each -> collect(each, calls));
    if (calls.isEmpty()) {
      return below;
    }
    calls.forEach(LabelExtraction::refuseUnfit);
    if (below instanceof Project) {
      return extracted(below, calls);
    }
    if (below instanceof Filter filter) {
      Seq<NamedExpression> columns = named(filter.output());
      return new Project(columns, extracted(cheapFirst(filter), calls));
    }
    throw SqlErrors.labelMisplaced(calls.iterator().next().toString(), below.nodeName());
  }

  private static void collect(Expression expression, Set<LabelCall> calls) {
    if (expression instanceof LabelCall call) {
      calls.add(call);
    } else {
      JavaConverters.seqAsJavaList(expression.children()).forEach(each -> collect(each, calls));
    }
  }

  private static void refuseUnfit(LabelCall call) {
    for (Expression text : List.of(call.prompt(), call.response())) {
      if (holds(text, NamedLambdaVariable.class)) {
        throw SqlErrors.labelMisplaced(call.toString(), "a lambda function");
      }
      if (holds(text, LabelCall.class)) {
        throw SqlErrors.labelMisplaced(call.toString(), "a call over the label of another call");
      }
    }
  }

  private static boolean holds(Expression expression, Class<?> kind) {
    return kind.isInstance(expression)
        || JavaConverters.seqAsJavaList(expression.children()).stream()
            .anyMatch(child -> holds(child, kind));
  }

  private static LogicalPlan extracted(LogicalPlan plan, Set<LabelCall> calls) {
    Map<LabelCall, Attribute> labels = new LinkedHashMap<>();
    LogicalPlan child = plan.children().head();
    for (LabelCall call : calls) {
      Attribute label =
          new AttributeReference(
              LabelCall.NAME,
              call.dataType(),
              true,
              Metadata.empty(),
              NamedExpression.newExprId(),
              seq(List.of()));
      labels.put(call, label);
      child = new LabelledRows(call.prompt(), call.response(), label, child);
    }
    LogicalPlan above = plan.mapExpressions(each -> replaced(each, labels));
    return above.withNewChildren(seq(List.of(child)));
  }

  private static Expression replaced(Expression expression, Map<LabelCall, Attribute> labels) {
    return expression instanceof LabelCall call
        ? labels.get(call)
        : expression.mapChildren(child -> replaced(child, labels));
  }

  /** The same filter, with those of its conditions below it that need no label. */
  private static Filter cheapFirst(Filter filter) {
    List<Expression> cheap = new ArrayList<>();
    List<Expression> judged = new ArrayList<>();
    for (Expression condition : conditions(filter.condition())) {
      (condition.deterministic() ? cheap : judged).add(condition);
    }
    return cheap.isEmpty()
        ? filter
        : new Filter(all(judged), new Filter(all(cheap), filter.child()));
  }

  private static List<Expression> conditions(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> both = new ArrayList<>(conditions(and.left()));
      both.addAll(conditions(and.right()));
      return both;
    }
    return List.of(condition);
  }

  private static Expression all(List<Expression> conditions) {
    return conditions.stream().reduce(And::new).orElseThrow();
  }

  /** Scala's sequences are covariant, which Java cannot say. */
  @SuppressWarnings("unchecked")
  private static Seq<NamedExpression> named(Seq<? extends NamedExpression> attributes) {
    return (Seq<NamedExpression>) attributes;
  }

  private static <T> Seq<T> seq(List<? extends T> values) {
    return JavaConverters.<T>asScalaBuffer(List.copyOf(values)).toList();
  }
}
