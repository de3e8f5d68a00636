package io.bingoguard.prepare;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.labelling.ExchangeStep;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keeps exchanges from being judged that are in other languages than those asked for. One whose
 * language is unknown, or spelt as nobody knows, is judged.
 */
final class LanguageFilter implements ExchangeStep {
  private static final long serialVersionUID = 1L;

  private final TreeSet<String> judged;

  /**
   * @param judged codes
   */
  LanguageFilter(Iterable<String> judged) {
    this.judged = new TreeSet<>();
    judged.forEach(this.judged::add);
  }

  @Override
  public ExchangeRow apply(ExchangeRow row) {
    Optional<String> other = row.language().flatMap(this::other);
    return row.known().isPresent() || other.isEmpty()
        ? row
        : row.settledAs(
            SafetyLabel.notJudged(
                LabelStatus.SKIPPED_LANGUAGE,
                ErrorCode.LANGUAGE_NOT_ASKED_FOR,
                "the language is " + other.get() + ", and " + judged + " was asked for"));
  }

  /** Whether exchanges in a language are judged, however it is spelt. */
  boolean judges(String language) {
    return other(language).isEmpty();
  }

  private Optional<String> other(String language) {
    return LanguageCodes.of(language).filter(code -> !judged.contains(code));
  }
}
