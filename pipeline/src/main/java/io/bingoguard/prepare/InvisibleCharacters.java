package io.bingoguard.prepare;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.UnicodeSet;

/**
 * Removes what is not seen and may keep a word from being read: control characters but for tab and
 * line ends, bidirectional controls, zero-width and other default-ignorable characters. Joiners
 * stay where the script or an emoji before them needs them, and so do variation selectors.
 */
final class InvisibleCharacters implements TextStep {
  private static final long serialVersionUID = 1L;

  private static final UnicodeSet REMOVED =
      new UnicodeSet(
              "[[:Cc:][:Bidi_Control:][:Default_Ignorable_Code_Point:]"
                  + "-[\\t\\n\\r]-[:Variation_Selector:]]")
          .freeze();

  private static final UnicodeSet EMOJI = new UnicodeSet("[[:Emoji:]-[0-9#*]]").freeze();

  private static final int NON_JOINER = 0x200c;
  private static final int JOINER = 0x200d;

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
      if (!REMOVED.contains(character) || joins(character, kept)) {
        kept.appendCodePoint(character);
      }
      at += Character.charCount(character);
    }
    return kept.toString();
  }

  private static boolean joins(int character, StringBuilder before) {
    if ((character != JOINER && character != NON_JOINER) || before.length() == 0) {
      return false;
    }
    int last = before.codePointBefore(before.length());
    int script = UScript.getScript(last);
    return script != UScript.LATIN
        && script != UScript.GREEK
        && script != UScript.CYRILLIC
        && (script != UScript.COMMON || EMOJI.contains(last));
  }
}
