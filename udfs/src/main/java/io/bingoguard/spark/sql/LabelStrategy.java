package io.bingoguard.spark.sql;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Plans {@link LabelledRows}, by the model that the session's settings name at that moment. */
final class LabelStrategy extends SparkStrategy {
  private final SparkSession session;

  LabelStrategy(SparkSession session) {
    this.session = session;
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    List<SparkPlan> plans =
        plan instanceof LabelledRows rows
            ? List.of(
                new LabelledRowsExec(
                    rows.prompt(),
                    rows.response(),
                    rows.label(),
                    SessionModel.of(session).labelling(),
                    planLater(rows.child())))
            : List.of();
    return JavaConverters.asScalaBuffer(plans).toList();
  }
}
