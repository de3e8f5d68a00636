package io.bingoguard.prepare;

import com.ibm.icu.text.Normalizer2;

/** Brings a text into a Unicode normalization form. */
final class UnicodeForm implements TextStep {
  private static final long serialVersionUID = 1L;

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
    return form.normalize(text);
  }
}
