package io.bingoguard.source;

import io.bingoguard.guard.LabelProblem;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Writes rows of {@link io.bingoguard.spark.ExchangeSchema}.
 *
 * @param javaTime whether the session wants {@code java.time} values in rows
 */
record RowWriter(boolean javaTime) implements Serializable {
  Row row(ConversationFacts facts, int turnIndex, SourceRow row) {
    Optional<LabelProblem> problem = row.rejection().map(Rejection::problem);
    return RowFactory.create(
        facts.id().orElseThrow(),
        turnIndex,
        facts.occurredAt().map(moment -> javaTime ? moment : Timestamp.from(moment)).orElse(null),
        facts.source().orElse(null),
        facts.language().orElse(null),
        row.exchange().prompt().orElse(null),
        row.exchange().response().orElse(null),
        row.rejection().map(rejection -> rejection.status().key()).orElse(null),
        problem.map(LabelProblem::code).orElse(null),
        problem.map(LabelProblem::message).orElse(null));
  }
}
