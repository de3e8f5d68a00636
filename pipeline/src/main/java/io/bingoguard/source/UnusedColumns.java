package io.bingoguard.source;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of a corpus that nothing reads. Text among them may be what should be judged, so it
 * is named.
 *
 * @param names all of them
 * @param texts those whose sampled values read like text or hold some, or are lists of messages
 */
record UnusedColumns(List<String> names, List<String> texts) {
  private static final int SHOWN = 20;

  /** Fewer words are names, categories or other marks. */
  private static final int FEWEST_WORDS = 3;

  /** Scripts without blanks have no words to count. */
  private static final int FEWEST_LETTERS = 40;

  UnusedColumns {
    names = List.copyOf(names);
    texts = List.copyOf(texts);
  }

  static UnusedColumns of(CorpusSample sample, CorpusLayout layout) {
    List<String> names =
        sample.columns().stream().filter(column -> !reads(layout, column)).toList();
    return new UnusedColumns(
        names, names.stream().filter(column -> holdsText(sample, column)).toList());
  }

  private static boolean reads(CorpusLayout layout, String column) {
    return layout.columns().stream()
        .anyMatch(read -> read.equals(column) || read.startsWith(column + "."));
  }

  private static boolean holdsText(CorpusSample sample, String column) {
    List<Object> values = sample.values(column);
    long texts = values.stream().filter(UnusedColumns::holdsText).count();
    return sample.speakerField(column).isPresent() || (texts > 0 && texts >= values.size() / 2);
  }

  private static boolean holdsText(Object value) {
    if (value instanceof Map<?, ?> fields) {
      return fields.values().stream().anyMatch(UnusedColumns::holdsText);
    }
    return value instanceof List<?> list
        ? list.stream().anyMatch(UnusedColumns::holdsText)
        : value instanceof String text && isText(text);
  }

  private static boolean isText(String value) {
    String text = value.strip();
    return text.length() >= FEWEST_LETTERS
        ? text.codePoints().filter(Character::isLetter).count() > text.length() / 2
        : text.split("\\s+", FEWEST_WORDS).length >= FEWEST_WORDS;
  }

  /** What to tell the user, a line for each kind; empty where all is read. */
  String describe() {
    StringBuilder text = new StringBuilder();
    if (!names.isEmpty()) {
      text.append("\nnot read: ").append(shown(names));
    }
    if (!texts.isEmpty()) {
      text.append("\ntext that is not judged: ")
          .append(shown(texts))
          .append("; name a column with --column ROLE=NAME if it is to be");
    }
    return text.toString();
  }

  private static String shown(List<String> names) {
    String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? first : first + " and %d more".formatted(names.size() - SHOWN);
  }
}
