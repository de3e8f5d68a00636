package io.bingoguard.source;

import io.bingoguard.source.CorpusLayout.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns of a corpus that nothing reads. Text among them may be what should be judged, so it
 * is named.
 *
 * @param names all of them
 * @param texts those whose sampled values read like text or hold some, or are lists of messages,
 *     and fields of such a kind in the messages that are read
 */
record UnusedColumns(List<String> names, List<String> texts) {
  UnusedColumns {
    names = List.copyOf(names);
    texts = List.copyOf(texts);
  }

  static UnusedColumns of(CorpusSample sample, CorpusLayout layout) {
    List<String> names =
        Stream.concat(
                sample.columns().stream().filter(column -> !reads(layout, column)),
                beside(sample, layout))
            .toList();
    List<String> texts =
        new ArrayList<>(names.stream().filter(column -> holdsText(sample, column)).toList());
    layout.bindings(ColumnPart.MESSAGE_LISTS).stream()
        .map(Binding::column)
        .forEach(
            column ->
                SampledMessages.of(sample.values(column))
                    .otherTexts()
                    .forEach(field -> texts.add(column + "[]." + field)));
    return new UnusedColumns(names, texts);
  }

  /** Fields that stand in an object of which another field is read. */
  private static Stream<String> beside(CorpusSample sample, CorpusLayout layout) {
    return sample.paths().stream()
        .filter(path -> path.contains(".") && !sample.columns().contains(path))
        .filter(path -> reads(layout, path.substring(0, path.lastIndexOf('.'))))
        .filter(path -> !reads(layout, path))
        .filter(path -> layout.columns().stream().noneMatch(read -> path.startsWith(read + ".")));
  }

  private static boolean reads(CorpusLayout layout, String column) {
    return layout.columns().stream()
        .anyMatch(read -> read.equals(column) || read.startsWith(column + "."));
  }

  private static boolean holdsText(CorpusSample sample, String column) {
    List<Object> values = sample.values(column);
    long texts = values.stream().filter(Prose::isWithin).count();
    return sample.speakerField(column).isPresent() || (texts > 0 && texts >= values.size() / 2);
  }

  /** What to tell the user, a line for each kind; empty where all is read. */
  String describe() {
    StringBuilder text = new StringBuilder();
    if (!names.isEmpty()) {
      text.append("\nnot read: ").append(ShownNames.first(names));
    }
    if (!texts.isEmpty()) {
      text.append("\ntext that is not judged: ")
          .append(ShownNames.first(texts))
          .append("; name a column with --column ROLE=NAME if it is to be");
    }
    return text.toString();
  }
}
