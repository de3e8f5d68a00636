package io.bingoguard.review.sample;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;

/** What users are told of errors in this package. */
final class SampleErrors {
  private SampleErrors() {}

  static GuardException nothingToSample() {
    return ErrorCode.REVIEW_NOTHING_TO_SAMPLE.error(
        "No message has a verdict that counts. Expected labels of messages that were judged, by the model that was last at work, and that the corpus still holds (source_deleted is not set): label a corpus first, or ask for another --side.");
  }

  static GuardException sampleTooSmall(int size, long least, int strata, int each) {
    return ErrorCode.REVIEW_SAMPLE_TOO_SMALL.error(
        "A sample of %s is too small. Expected at least %s: %s items of each of the %s strata of the labels, or all where there are no more. Ask for more with --sample, or for one --side.",
        size, least, each, strata);
  }
}
