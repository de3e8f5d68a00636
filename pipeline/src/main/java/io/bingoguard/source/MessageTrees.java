package io.bingoguard.source;

import io.bingoguard.guard.Sha256;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Gathers message rows by tree and turns each tree into exchanges. */
final class MessageTrees {
  private MessageTrees() {}

  static Dataset<Row> exchanges(RecordRows messages, CorpusLayout layout, SourceCounts counts) {
    TreeExtractor extractor = new TreeExtractor(messages.parser(), layout, counts);
    return messages
        .all()
        .groupByKey((MapFunction<Row, String>) extractor::key, Encoders.STRING())
        .flatMapGroups(extractor, ExchangeRow.encoder());
  }

  /** Reads the rows of one group; a row is parsed once for its key and once for its message. */
  private record TreeExtractor(RecordParser parser, CorpusLayout layout, SourceCounts counts)
      implements FlatMapGroupsFunction<String, Row, Row> {
    private static final String BLANK = "blank:";
    private static final String CORRUPT = "corrupt:";
    private static final String TREE = "tree:";

    private String key(Row row) {
      Optional<CorpusRecord> record = parser.parse(row);
      if (record.isEmpty()) {
        return BLANK;
      }
      return record
          .get()
          .corrupt()
          .map(raw -> CORRUPT + Sha256.of(raw))
          .orElseGet(() -> TREE + ConversationFacts.of(layout, record.get()).id().orElse(""));
    }

    @Override
    public Iterator<Row> call(String key, Iterator<Row> group) {
      if (key.equals(BLANK)) {
        return List.<Row>of().iterator();
      }
      if (key.startsWith(CORRUPT)) {
        return corrupt(key.substring(CORRUPT.length()), group).iterator();
      }
      List<MessageNode> nodes = new ArrayList<>();
      group.forEachRemaining(
          row -> {
            CorpusRecord record = parser.parse(row).orElseThrow();
            counts.add(record);
            nodes.add(node(record));
          });
      nodes.forEach(node -> counts.add(node.facts()));
      counts.add(nodes.stream().map(MessageNode::turn).toList());
      return tree(nodes).iterator();
    }

    /** Equal corrupt records share an id; each has its row. */
    private List<Row> corrupt(String id, Iterator<Row> group) {
      SourceRow rejected = SourceRow.rejected(Rejection.corruptRecord());
      List<Row> rows = new ArrayList<>();
      group.forEachRemaining(
          row -> {
            CorpusRecord record = parser.parse(row).orElseThrow();
            rows.add(ConversationFacts.ofCorrupt(record, id).row(0, rejected));
          });
      return rows;
    }

    private MessageNode node(CorpusRecord record) {
      Map<String, Object> fields = record.fields();
      Optional<String> id = layout.value(ColumnPart.MESSAGE_ID, fields).flatMap(Names::of);
      Optional<String> parent = layout.value(ColumnPart.PARENT_ID, fields).flatMap(Names::of);
      Turn turn =
          layout.hasText(fields)
              ? MessageList.turn(
                  "the message",
                  layout.value(ColumnPart.ROLE, fields).orElse(null),
                  layout.value(ColumnPart.TEXT, fields).orElse(null))
              : new Turn.Rejected(
                  Rejection.noText(layout.textColumnNames()), String.valueOf(fields));
      return new MessageNode(id, parent, turn, ConversationFacts.of(layout, record));
    }

    private List<Row> tree(List<MessageNode> nodes) {
      List<MessageTree.Placed> placed = new MessageTree(nodes).rows();
      if (placed.isEmpty()) {
        SourceRow empty = SourceRow.rejected(Rejection.emptyConversation());
        return List.of(identified(nodes.get(0), nodes.get(0)).row(0, empty));
      }
      List<Row> rows = new ArrayList<>(placed.size());
      String conversation = "";
      int turnIndex = 0;
      for (MessageTree.Placed place : placed) {
        ConversationFacts facts = identified(place.node(), place.root());
        // Messages without a tree id are gathered in one group that holds many conversations.
        turnIndex = facts.id().orElseThrow().equals(conversation) ? turnIndex + 1 : 0;
        conversation = facts.id().orElseThrow();
        rows.add(facts.row(turnIndex, place.row()));
      }
      return rows;
    }

    /** The tree's id; without one the root's, and without that the hash of the root. */
    private static ConversationFacts identified(MessageNode node, MessageNode root) {
      if (node.facts().id().isPresent()) {
        return node.facts();
      }
      return node.facts()
          .withId(root.id().orElseGet(() -> ConversationHash.of(List.of(List.of(root.turn())))));
    }
  }
}
