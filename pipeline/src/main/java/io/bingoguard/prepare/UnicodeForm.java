package io.bingoguard.prepare;

import com.ibm.icu.text.Normalizer2;

/** Brings a text into a Unicode normalization form. */
final class UnicodeForm implements TextStep {
  private static final long serialVersionUID = 1L;

  /** Characters of a part at least, where one may end. */
  private static final int PART = 1024;

  /** Characters of a part at most; no language has runs of marks as long. */
  private static final int LONGEST = 4096;

  private final boolean compatibility;

  /**
   * @param compatibility whether letters that only look different, such as full-width ones, become
   *     the usual ones: NFKC, or else NFC
   */
  UnicodeForm(boolean compatibility) {
    this.compatibility = compatibility;
  }

  @Override
  public String name() {
    return compatibility ? "nfkc" : "nfc";
  }

  @Override
  public String apply(String text) {
    Normalizer2 form = compatibility ? Normalizer2.getNFKCInstance() : Normalizer2.getNFCInstance();
    if (form.isNormalized(text)) {
      return text;
    }
    StringBuilder normalized = new StringBuilder(text.length());
    for (int begin = 0; begin < text.length(); ) {
      int end = end(text, begin, form);
      normalized.append(form.normalize(text.substring(begin, end)));
      begin = end;
    }
    return normalized.toString();
  }

  /** Where a part may end that is normalized by itself: ICU sorts long runs of marks slowly. */
  private static int end(String text, int begin, Normalizer2 form) {
    int end = begin;
    while (end < text.length() && end - begin < LONGEST) {
      int character = text.codePointAt(end);
      if (end - begin >= PART && form.hasBoundaryBefore(character)) {
        return end;
      }
      end += Character.charCount(character);
    }
    return end;
  }
}
