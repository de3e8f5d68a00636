package io.bingoguard.source;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells text that people write from names, ids, marks and addresses. */
final class Prose {
  /** Fewer words are names, categories or other marks. */
  private static final Pattern THREE_WORDS = Pattern.compile("\\s*+\\S++\\s++\\S++\\s++\\S");

  /** What about as many words have in a script without blanks. */
  private static final int FEWEST_LETTERS_UNSPACED = 6;

  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  private Prose() {}

  static boolean is(Object value) {
    return value instanceof String text && isProse(text);
  }

  private static boolean isProse(String text) {
    return THREE_WORDS.matcher(text).lookingAt()
        || text.codePoints()
                .filter(letter -> UNSPACED.contains(UnicodeScript.of(letter)))
                .limit(FEWEST_LETTERS_UNSPACED)
                .count()
            == FEWEST_LETTERS_UNSPACED;
  }

  /** Whether a value is such text, or holds some in its elements or fields, however deep. */
  static boolean isWithin(Object value) {
    if (value instanceof Map<?, ?> fields) {
      return fields.values().stream().anyMatch(Prose::isWithin);
    }
    return value instanceof List<?> list ? list.stream().anyMatch(Prose::isWithin) : is(value);
  }
}
