package io.bingoguard.prepare;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;

/** Errors of this package. */
final class PrepareErrors {
  private PrepareErrors() {}

  static GuardException sparkNlpMissing(String wanting) {
    return ErrorCode.SPARK_NLP_MISSING.error(
        "%s needs Spark NLP, whose classes are not there. Expected spark-nlp_2.12-5.5.3.jar on the classpath, which the jar for spark-submit holds. Add it with --jars, or give --long-text truncate and no --prepare markup.",
        wanting);
  }

  static GuardException languageUnknown(String spelt) {
    return ErrorCode.LANGUAGE_UNKNOWN.error(
        "There is no language %s. Expected ISO 639 codes or English names, separated by commas, such as en,de.",
        spelt);
  }
}
