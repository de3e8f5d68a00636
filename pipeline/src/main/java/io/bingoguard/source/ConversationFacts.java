package io.bingoguard.source;

import io.bingoguard.guard.WellFormed;
import io.bingoguard.spark.rows.ExchangeRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What a corpus says about a conversation besides its text.
 *
 * @param id the corpus's own id
 * @param occurredAt when it took place
 * @param source where it comes from
 * @param language its language, as the corpus spells it
 */
record ConversationFacts(
    Optional<String> id,
    Optional<Instant> occurredAt,
    Optional<String> source,
    Optional<String> language) {
  ConversationFacts {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(language, "language");
  }

  static ConversationFacts of(CorpusLayout layout, Map<String, Object> fields) {
    return new ConversationFacts(
        layout.value(ColumnPart.ID, fields).flatMap(ConversationFacts::name),
        layout.value(ColumnPart.TIMESTAMP, fields).flatMap(Moments::of),
        layout.value(ColumnPart.SOURCE, fields).flatMap(ConversationFacts::name),
        layout.value(ColumnPart.LANGUAGE, fields).flatMap(ConversationFacts::name));
  }

  static ConversationFacts none() {
    return new ConversationFacts(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  ConversationFacts withId(String newId) {
    return new ConversationFacts(Optional.of(newId), occurredAt, source, language);
  }

  /** A row of the conversation, whose id has to be known. */
  Row row(int turnIndex, SourceRow row) {
    return new ExchangeRow(
            id.orElseThrow(),
            turnIndex,
            occurredAt,
            source,
            language,
            row.exchange(),
            row.settled())
        .write();
  }

  /** Text, a number as text (an integer that became a double keeps its digits), or bytes. */
  static Optional<String> name(Object value) {
    if (value instanceof String text) {
      return text.isBlank() ? Optional.empty() : Optional.of(WellFormed.of(text));
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return Optional.of(new BigDecimal(number.toString()).stripTrailingZeros().toPlainString());
    }
    if (value instanceof RawBytes bytes) {
      return Optional.of(bytes.name());
    }
    return value instanceof Number ? Optional.of(value.toString()) : Optional.empty();
  }
}
