package io.bingoguard.prepare;

import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Languages as people and corpora spell them: {@code en}, {@code eng}, {@code en-US}, English. */
final class LanguageCodes {
  /** A language that cannot be told. */
  static final String UNKNOWN = "und";

  /** Codes that detection and people use for one language. */
  private static final Map<String, String> SAME =
      Map.of("nb", "no", "nn", "no", "lah", "pa", "tl", "fil");

  private static final Map<String, String> BY_NAME = byName();

  private LanguageCodes() {}

  /**
   * The code of a language, of ISO 639-1 where it has one there.
   *
   * @return absent where the spelling is none that is known, and for what is no single language
   */
  static Optional<String> of(String spelt) {
    String name = spelt.strip().toLowerCase(Locale.ENGLISH);
    String code = BY_NAME.get(name);
    if (code == null) {
      code = ULocale.createCanonical(name.replace('_', '-')).getLanguage();
    }
    return Optional.of(SAME.getOrDefault(code, code)).filter(BY_NAME::containsValue);
  }

  private static Map<String, String> byName() {
    Map<String, String> codes = new HashMap<>();
    for (String code : ULocale.getISOLanguages()) {
      String canonical = ULocale.createCanonical(code).getLanguage();
      if (!Set.of("und", "mul", "mis", "zxx", "root").contains(canonical)) {
        codes.put(
            new ULocale(code).getDisplayLanguage(ULocale.ENGLISH).toLowerCase(Locale.ENGLISH),
            canonical);
      }
    }
    codes.putAll(Map.of("farsi", "fa", "mandarin", "zh", "tagalog", "fil"));
    return Map.copyOf(codes);
  }
}
