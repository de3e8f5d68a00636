package io.bingoguard.source;

import java.util.List;

/**
 * What stands in a corpus and is not judged, as far as it has been read. A task that Spark repeats
 * counts again.
 *
 * @param contextMessages system and tool messages
 * @param values ids, times, sources and languages of a kind that cannot be read
 * @param columns names of the columns that nothing reads, those of sampled records first
 * @param texts names of those of them that hold text, and of the fields of messages that do
 */
public record Unread(long contextMessages, long values, List<String> columns, List<String> texts) {
  public Unread {
    columns = List.copyOf(columns);
    texts = List.copyOf(texts);
  }
}
