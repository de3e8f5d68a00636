package io.bingoguard.source;

import io.bingoguard.guard.Sha256;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Turns a row of a corpus into the rows of its conversation.
 *
 * @param parser reads the row
 * @param layout tells what its columns mean
 * @param counts what has no rows
 */
record ExchangeExtractor(RecordParser parser, CorpusLayout layout, SourceCounts counts)
    implements FlatMapFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Row row) {
    Optional<CorpusRecord> read = parser.parse(row);
    if (read.isEmpty()) {
      return List.<Row>of().iterator();
    }
    CorpusRecord record = read.get();
    if (record.corrupt().isPresent()) {
      ConversationFacts facts =
          ConversationFacts.ofCorrupt(record, Sha256.of(record.corrupt().get()));
      return List.of(facts.row(0, SourceRow.rejected(Rejection.corruptRecord()))).iterator();
    }
    counts.add(record);
    return rows(record).iterator();
  }

  private List<Row> rows(CorpusRecord record) {
    List<List<Turn>> alternatives = RecordTurns.alternatives(layout, record.fields());
    ConversationFacts facts = ConversationFacts.of(layout, record);
    ConversationFacts identified =
        facts.id().isPresent() ? facts : facts.withId(ConversationHash.of(alternatives));
    counts.add(facts);
    List<Row> rows = new ArrayList<>();
    for (List<Turn> turns : alternatives) {
      counts.add(turns);
      for (SourceRow row : ExchangeAssembler.assemble(turns)) {
        rows.add(identified.row(rows.size(), row));
      }
    }
    return rows;
  }
}
