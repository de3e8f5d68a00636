package io.bingoguard.query;

import io.bingoguard.guard.GuardException;
import io.bingoguard.table.OutputDirectory;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;

/** A question put to an output. */
public final class Query {
  private final Question question;
  private final OutputDirectory output;
  private final Dataset<Row> rows;
  private final Optional<Since> since;

  private Query(
      Question question, OutputDirectory output, Dataset<Row> rows, Optional<Since> since) {
    this.question = question;
    this.output = output;
    this.rows = rows;
    this.since = since;
  }

  /**
   * Looks whether a question can be answered, and changes nothing.
   *
   * @param since from when on the view {@code changes} tells; without it from the day of the last
   *     run on
   * @throws GuardException QUERY_INVALID, QUERY_TABLE_MISSING or QUERY_CHANGES_GONE
   */
  public static Query prepare(
      SparkSession spark, OutputDirectory output, Question question, Optional<Since> since) {
    // Its views are nobody else's.
    SparkSession session = spark.newSession();
    OutputViews views = new OutputViews(session, output, Objects.requireNonNull(since, "since"));
    try {
      refuseStatements(session, question);
      views.make(question.sql());
      return new Query(question, output, session.sql(question.sql()), views.since());
    } catch (GuardException e) {
      throw e;
    } catch (Exception e) {
      // Spark's analysis errors are checked exceptions that its methods do not declare.
      throw views
          .missing()
          .map(table -> missing(question, output, table))
          .orElseGet(() -> QueryErrors.invalid(question.name(), OutputViews.names(), e));
    }
  }

  private static GuardException missing(Question question, OutputDirectory output, String table) {
    return QueryErrors.tableMissing(
        question.name(), output.root(), table, OutputViews.remedy(table, output));
  }

  /** A query asks: what writes would do so as soon as Spark looks at it. */
  private static void refuseStatements(SparkSession session, Question question) throws Exception {
    LogicalPlan plan = session.sessionState().sqlParser().parsePlan(question.sql());
    if (writes(plan)) {
      throw QueryErrors.noQuery(question.name());
    }
  }

  private static boolean writes(LogicalPlan plan) {
    if (plan instanceof Command || plan instanceof ParsedStatement) {
      return true;
    }
    var children = plan.children().iterator();
    while (children.hasNext()) {
      if (writes(children.next())) {
        return true;
      }
    }
    return false;
  }

  /** The answer, in its order. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** From when on changes are told, where the question is about them. */
  public Optional<String> since() {
    return since.map(Since::words);
  }

  /** What a failure of the rows means. */
  public GuardException failed(Exception failure) {
    return QueryErrors.notAnswered(question.name(), output.root(), failure);
  }
}
