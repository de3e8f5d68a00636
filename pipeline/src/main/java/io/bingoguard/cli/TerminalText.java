package io.bingoguard.cli;

import java.util.Set;

/**
 * Text from a corpus as a terminal may show it: characters that would move its cursor, change its
 * colours, turn the direction of what follows or show nothing are written as JSON writes them, such
 * as {@code \u001b}. Letters of any script stay, and so do the joiners within words and emoji.
 */
final class TerminalText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** Signs over digits and the like: Unicode counts them as format characters, yet they show. */
  private static final Set<Integer> SEEN =
      Set.of(
          0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2,
          0x110BD, 0x110CD);

  private TerminalText() {}

  /** Text that may have several lines and tabs. */
  static String of(String text) {
    return escaped(text, true);
  }

  /** Text for one line, in which a line's end is escaped too. */
  static String inLine(String text) {
    return escaped(text, false);
  }

  private static String escaped(String text, boolean lines) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int next = text.offsetByCodePoints(at, 1);
      if (stays(text, at, next, lines)) {
        shown.append(text, at, next);
      } else {
        text.substring(at, next).chars().forEach(unit -> shown.append("\\u%04x".formatted(unit)));
      }
      at = next;
    }
    return shown.toString();
  }

  private static boolean stays(String text, int at, int next, boolean lines) {
    int character = text.codePointAt(at);
    if (character == '\n' || character == '\t') {
      return lines;
    }
    return isJoiner(character) ? joins(text, at, next) : isSeen(character);
  }

  private static boolean isJoiner(int character) {
    return character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER;
  }

  /** No language that is written in ASCII joins its letters. */
  private static boolean joins(String text, int at, int next) {
    return at > 0
        && next < text.length()
        && canBeJoined(text.codePointBefore(at))
        && canBeJoined(text.codePointAt(next));
  }

  private static boolean canBeJoined(int character) {
    return character > 0x7F
        && switch (Character.getType(character)) {
          case Character.OTHER_LETTER,
              Character.UPPERCASE_LETTER,
              Character.LOWERCASE_LETTER,
              Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.OTHER_SYMBOL,
              Character.MODIFIER_SYMBOL ->
              true;
          default -> false;
        };
  }

  private static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> SEEN.contains(character);
      default -> true;
    };
  }
}
