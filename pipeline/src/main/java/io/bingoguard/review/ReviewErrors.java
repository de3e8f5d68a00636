package io.bingoguard.review;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.List;

/** What users are told of errors in this package. */
final class ReviewErrors {
  private ReviewErrors() {}

  static GuardException noSample(String output) {
    return ErrorCode.REVIEW_SAMPLE_MISSING.error(
        "Output %s has no sample to review. Expected one: draw it with 'bingoguard export --sample N'.",
        output);
  }

  static GuardException noTexts(String input, int items) {
    return ErrorCode.REVIEW_TEXTS_MISSING.error(
        "Input %s has the text of none of the %s items. Expected the corpus of the labels, read in the same way: give the same --input, --schema and --column as to label.",
        input, items);
  }

  static GuardException unfit(String file, List<UnfitAnswer> unfit, long answers) {
    return ErrorCode.REVIEWS_INVALID.error(
        "File %s has %s answers of %s that fit nothing: %s. Expected items of a sample of this output, the verdicts harmful, harmless or unsure, codes of categories, and a reviewer (--reviewer names one where the file does not). Nothing was imported; --unfit skip leaves them out.",
        file, unfit.size(), answers, String.join("; ", UnfitText.of(unfit)));
  }

  static GuardException notWritten(String output, Throwable cause) {
    return ErrorCode.REVIEWS_NOT_WRITTEN.error(
        "Reviews of %s could not be written: %s. Expected whole tables in a directory this user can write. Labels stay as they are; give the same command again.",
        output, cause);
  }
}
