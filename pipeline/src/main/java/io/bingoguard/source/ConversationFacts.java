package io.bingoguard.source;

import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.InputPlace;
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
 * @param place where its record stands
 * @param unreadValues how many of these stand there in a form that cannot be read
 */
record ConversationFacts(
    Optional<String> id,
    Optional<Instant> occurredAt,
    Optional<String> source,
    Optional<String> language,
    Optional<InputPlace> place,
    int unreadValues) {
  ConversationFacts {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(place, "place");
  }

  static ConversationFacts of(CorpusLayout layout, CorpusRecord record) {
    Map<String, Object> fields = record.fields();
    Optional<Object> id = layout.value(ColumnPart.ID, fields);
    Optional<Object> moment = layout.value(ColumnPart.TIMESTAMP, fields);
    Optional<Object> source = layout.value(ColumnPart.SOURCE, fields);
    Optional<Object> language = layout.value(ColumnPart.LANGUAGE, fields);
    ConversationFacts read =
        new ConversationFacts(
            id.flatMap(Names::of),
            moment.flatMap(Moments::of),
            source.flatMap(Names::of),
            language.flatMap(Names::of),
            record.place(),
            0);
    return new ConversationFacts(
        read.id,
        read.occurredAt,
        read.source,
        read.language,
        read.place,
        unread(id, read.id)
            + unread(moment, read.occurredAt)
            + unread(source, read.source)
            + unread(language, read.language));
  }

  private static int unread(Optional<Object> value, Optional<?> read) {
    boolean blank = value.isPresent() && value.get() instanceof String text && text.isBlank();
    return value.isPresent() && !blank && read.isEmpty() ? 1 : 0;
  }

  /** All that is known of a record that cannot be read. */
  static ConversationFacts ofCorrupt(CorpusRecord record, String id) {
    return new ConversationFacts(
        Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), record.place(), 0);
  }

  ConversationFacts withId(String newId) {
    return new ConversationFacts(
        Optional.of(newId), occurredAt, source, language, place, unreadValues);
  }

  /** A row of the conversation, whose id has to be known. */
  Row row(int turnIndex, SourceRow row) {
    return new ExchangeRow(
            id.orElseThrow(),
            turnIndex,
            occurredAt,
            source,
            language,
            place,
            row.exchange(),
            row.unreadParts(),
            row.settled())
        .write();
  }
}
