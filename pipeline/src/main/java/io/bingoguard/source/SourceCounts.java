package io.bingoguard.source;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * What was read of a corpus and is not judged. A task that Spark repeats counts again.
 *
 * @param known names of the fields that the start of the corpus has shown to hold something
 * @param contextMessages system and tool messages
 * @param unreadValues ids, times, sources and languages of a kind that cannot be read
 * @param unreadTexts fields, other than those, in which records further on hold text
 */
record SourceCounts(
    Set<String> known,
    LongAccumulator contextMessages,
    LongAccumulator unreadValues,
    NameCounts unreadTexts)
    implements Serializable {
  static SourceCounts on(SparkSession spark, Set<String> known) {
    NameCounts texts = new NameCounts();
    spark.sparkContext().register(texts, "fields with text that is not judged");
    return new SourceCounts(
        known,
        spark.sparkContext().longAccumulator("system and tool messages"),
        spark.sparkContext().longAccumulator("values that cannot be read"),
        texts);
  }

  void add(CorpusRecord record) {
    record.unreadTexts().stream().filter(name -> !known.contains(name)).forEach(unreadTexts::add);
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
    unreadTexts.reset();
  }
}
