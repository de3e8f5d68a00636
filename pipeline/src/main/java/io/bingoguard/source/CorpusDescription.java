package io.bingoguard.source;

import io.bingoguard.source.CorpusLayout.Binding;
import java.util.Collection;
import java.util.List;

/** What was found out about a corpus, in words for the user. */
final class CorpusDescription {
  private final CorpusFiles files;
  private final CorpusReader reader;
  private final CorpusLayout layout;
  private final List<String> seenColumns;
  private final UnusedColumns unused;
  private final List<String> packed;
  private final long filesWithoutText;

  CorpusDescription(
      CorpusFiles files,
      CorpusReader reader,
      CorpusLayout layout,
      CorpusSample sample,
      UnusedColumns unused) {
    this.files = files;
    this.reader = reader;
    this.layout = layout;
    this.seenColumns = sample.columns();
    this.unused = unused;
    this.packed = PackedContent.columns(sample, layout);
    this.filesWithoutText =
        reader.filesWithout(ColumnPath.columns(layout.textColumnNames(), reader.columns().names()));
  }

  /** The first line tells format, schema and columns; there is one for all that is unusual. */
  String text() {
    StringBuilder text =
        new StringBuilder(reader.describe()).append(", ").append(layout.describe(seenColumns));
    List<String> replies =
        layout.bindings(ColumnPart.RESPONSES).stream().map(Binding::column).toList();
    List<String> unseen = replies.stream().filter(column -> !seenColumns.contains(column)).toList();
    if (!unseen.isEmpty() && unseen.size() == replies.size()) {
      text.append("; no response at the start, looked for in ").append(ShownNames.first(unseen));
    }
    if (layout.columns(ColumnPart.ID).isEmpty()) {
      text.append("; no id column, so a conversation's id is its SHA-256");
    }
    text.append(unused.describe());
    if (!packed.isEmpty()) {
      text.append("\nthe text is JSON of parts, and is judged as it stands: ")
          .append(ShownNames.first(packed));
    }
    if (filesWithoutText > 0) {
      text.append("\n%d files have no column that is judged".formatted(filesWithoutText));
    }
    addFiles(text);
    return text.toString();
  }

  private void addFiles(StringBuilder text) {
    int others = files.leftOut().others();
    if (others > 0) {
      text.append("\nleft out %d files that are not %s".formatted(others, files.format().title()));
    }
    addNamed(text, files.leftOut().repeated(), "read once, not again by the %d links to them: %s");
    addNamed(
        text,
        reader.unfinished(),
        "not read yet, since it is no record and may still be written, the last line of %d files:"
            + " %s; it is read when the file has changed, or a day after it was changed last");
  }

  private static void addNamed(StringBuilder text, Collection<String> names, String line) {
    if (!names.isEmpty()) {
      text.append('\n').append(line.formatted(names.size(), ShownNames.first(names)));
    }
  }
}
