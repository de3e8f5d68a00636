package io.bingoguard.prepare;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.UnicodeSet;

/**
 * Removes what is not seen and may keep a word from being read: control characters but for tab and
 * line ends, bidirectional controls, zero-width and other default-ignorable characters, variation
 * selectors and marks of annotations included. Joiners and selectors stay where the script or an
 * emoji before them needs them.
 */
final class InvisibleCharacters implements TextStep {
  private static final long serialVersionUID = 1L;

  private static final UnicodeSet REMOVED =
      new UnicodeSet(
              "[[:Cc:][:Bidi_Control:][:Default_Ignorable_Code_Point:][\\uFFF9-\\uFFFB]"
                  + "-[\\t\\n\\u000b\\f\\r\\u0085]]")
          .freeze();

  private static final UnicodeSet EMOJI = new UnicodeSet("[:Emoji:]").freeze();

  /** What changes how the character before looks or joins. */
  private static final UnicodeSet MODIFYING =
      new UnicodeSet("[[:Variation_Selector:][:Join_Control:]]").freeze();

  private static final int EMOJI_SELECTOR = 0xfe0f;

  @Override
  public String name() {
    return "invisible";
  }

  @Override
  public String apply(String text) {
    int first = REMOVED.span(text, UnicodeSet.SpanCondition.NOT_CONTAINED);
    if (first == text.length()) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length()).append(text, 0, first);
    for (int at = first; at < text.length(); ) {
      int character = text.codePointAt(at);
      if (!REMOVED.contains(character) || isNeeded(character, kept)) {
        kept.appendCodePoint(character);
      }
      at += Character.charCount(character);
    }
    return kept.toString();
  }

  private static boolean isNeeded(int character, StringBuilder before) {
    if (!MODIFYING.contains(character) || before.length() == 0) {
      return false;
    }
    int last = before.codePointBefore(before.length());
    if (last == EMOJI_SELECTOR) {
      return UCharacter.hasBinaryProperty(character, UProperty.JOIN_CONTROL);
    }
    int script = UScript.getScript(base(before));
    return script != UScript.LATIN
        && script != UScript.GREEK
        && script != UScript.CYRILLIC
        && script != UScript.INHERITED
        && (script != UScript.COMMON || EMOJI.contains(last));
  }

  /** The last character that is no mark. */
  private static int base(StringBuilder text) {
    int at = text.length();
    int character = 0;
    do {
      character = text.codePointBefore(at);
      at -= Character.charCount(character);
    } while (at > 0 && UScript.getScript(character) == UScript.INHERITED);
    return character;
  }
}
