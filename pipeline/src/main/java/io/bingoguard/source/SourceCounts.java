package io.bingoguard.source;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * What was read of a corpus and is not judged. A task that Spark repeats counts again.
 *
 * @param contextMessages system and tool messages
 * @param unreadValues ids, times, sources and languages of a kind that cannot be read
 */
record SourceCounts(LongAccumulator contextMessages, LongAccumulator unreadValues)
    implements Serializable {
  static SourceCounts on(SparkSession spark) {
    return new SourceCounts(
        spark.sparkContext().longAccumulator("system and tool messages"),
        spark.sparkContext().longAccumulator("values that cannot be read"));
  }

  void add(List<Turn> turns) {
    contextMessages.add(turns.stream().filter(Turn::isContext).count());
  }

  void add(ConversationFacts facts) {
    unreadValues.add(facts.unreadValues());
  }

  void reset() {
    contextMessages.reset();
    unreadValues.reset();
  }
}
