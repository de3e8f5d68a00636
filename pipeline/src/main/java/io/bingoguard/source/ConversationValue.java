package io.bingoguard.source;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A conversation in one column, read as corpora are: a list of messages in any known dialect, the
 * JSON text of one, or a transcript.
 */
public final class ConversationValue {
  private static final String COLUMN = "conversation";

  private final List<List<Turn>> alternatives;

  private ConversationValue(List<List<Turn>> alternatives) {
    this.alternatives = alternatives;
  }

  /**
   * Reads a value of a column.
   *
   * @param value as rows of Spark hold it, not null
   * @param type its type
   */
  public static ConversationValue of(Object value, DataType type) {
    StructType columns = new StructType().add(COLUMN, type);
    Object read =
        new TypedRowParser(columns, null)
            .parse(RowFactory.create(value))
            .map(record -> record.fields().get(COLUMN))
            .orElseThrow();
    boolean messages = !(read instanceof String) || MessageList.list(read).isPresent();
    return new ConversationValue(
        messages
            ? MessageList.branches(Optional.of(read))
            : List.of(Transcript.turns(Optional.of(read))));
  }

  /** What identifies it where a corpus has no ids. */
  public String id() {
    return ConversationHash.of(alternatives);
  }

  /** Its exchanges and what is none, at least one, as {@code label} numbers them from 0. */
  public List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    for (List<Turn> turns : alternatives) {
      for (SourceRow row : ExchangeAssembler.assemble(turns)) {
        pieces.add(
            new Piece(
                row.exchange(),
                row.settled().flatMap(SafetyLabel::problem).map(problem -> problem.code().name())));
      }
    }
    return pieces;
  }

  /**
   * An exchange, or a piece that is none.
   *
   * @param exchange the texts, both absent where it is none
   * @param errorCode why it is none
   */
  public record Piece(Exchange exchange, Optional<String> errorCode) {}
}
