package io.bingoguard.spark.sql;

import io.bingoguard.spark.labelling.LabellingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Judges the rows of its child where they are, in order, many at a time. Public, as {@link
 * ScalarCall} is.
 */
public final class LabelledRowsExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private final Expression prompt;
  private final Expression response;
  private final Attribute label;
  private final LabellingOptions options;
  private final SparkPlan child;

  public LabelledRowsExec(
      Expression prompt,
      Expression response,
      Attribute label,
      LabellingOptions options,
      SparkPlan child) {
    this.prompt = Objects.requireNonNull(prompt, "prompt");
    this.response = Objects.requireNonNull(response, "response");
    this.label = Objects.requireNonNull(label, "label");
    this.options = Objects.requireNonNull(options, "options");
    this.child = Objects.requireNonNull(child, "child");
  }

  static Seq<Attribute> withLabel(Seq<Attribute> columns, Attribute label) {
    List<Attribute> all = new ArrayList<>(JavaConverters.seqAsJavaList(columns));
    all.add(label);
    return JavaConverters.asScalaBuffer(all).toList();
  }

  static AttributeSet only(Attribute label) {
    return AttributeSet$.MODULE$.apply(label);
  }

  @Override
  public RDD<InternalRow> doExecute() {
    LabelTask task =
        new LabelTask(
            JavaConverters.asScalaBuffer(List.of(prompt, response)).toList(),
            child.output(),
            output(),
            options);
    return child.execute().toJavaRDD().mapPartitionsWithIndex(task, true).rdd();
  }

  @Override
  public Seq<SparkPlan> children() {
    return JavaConverters.asScalaBuffer(List.of(child)).toList();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return new LabelledRowsExec(prompt, response, label, options, newChildren.head());
  }

  @Override
  public Seq<Attribute> output() {
    return withLabel(child.output(), label);
  }

  @Override
  public AttributeSet producedAttributes() {
    return only(label);
  }

  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  /** The settings would fill a page of the plan. */
  @Override
  public scala.collection.Iterator<Object> stringArgs() {
    return JavaConverters.asScalaIterator(
        List.<Object>of(prompt, response, label, options.model()).iterator());
  }

  @Override
  public int productArity() {
    return 5;
  }

  @Override
  public Object productElement(int index) {
    return List.of(prompt, response, label, options, child).get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LabelledRowsExec;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelledRowsExec exec
        && exec.prompt.equals(prompt)
        && exec.response.equals(response)
        && exec.label.equals(label)
        && exec.options.equals(options)
        && exec.child.equals(child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prompt, response, label, options, child);
  }
}
