package io.bingoguard.spark.sql;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The rows of a plan, each with the label of two texts. Public, as {@link ScalarCall} is. */
public final class LabelledRows extends LogicalPlan {
  private final Expression prompt;
  private final Expression response;
  private final Attribute label;
  private final LogicalPlan child;

  public LabelledRows(Expression prompt, Expression response, Attribute label, LogicalPlan child) {
    this.prompt = Objects.requireNonNull(prompt, "prompt");
    this.response = Objects.requireNonNull(response, "response");
    this.label = Objects.requireNonNull(label, "label");
    this.child = Objects.requireNonNull(child, "child");
  }

  Expression prompt() {
    return prompt;
  }

  Expression response() {
    return response;
  }

  Attribute label() {
    return label;
  }

  LogicalPlan child() {
    return child;
  }

  @Override
  public Seq<LogicalPlan> children() {
    return JavaConverters.asScalaBuffer(List.of(child)).toList();
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return new LabelledRows(prompt, response, label, newChildren.head());
  }

  @Override
  public Seq<Attribute> output() {
    return LabelledRowsExec.withLabel(child.output(), label);
  }

  @Override
  public AttributeSet producedAttributes() {
    return LabelledRowsExec.only(label);
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int index) {
    return List.of(prompt, response, label, child).get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LabelledRows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelledRows rows
        && rows.prompt.equals(prompt)
        && rows.response.equals(response)
        && rows.label.equals(label)
        && rows.child.equals(child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prompt, response, label, child);
  }
}
