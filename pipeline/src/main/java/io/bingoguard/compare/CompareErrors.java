package io.bingoguard.compare;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Collection;
import java.util.List;

/** What users are told of errors in this package. */
final class CompareErrors {
  private CompareErrors() {}

  static GuardException noLabels(String labels) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "There are no labels at %s. Expected the --output of an earlier run of label.", labels);
  }

  static GuardException labelsUnreadable(String labels, long version, Throwable cause) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "Version %s of labels %s cannot be read: %s. Expected one whose files are still there; 'maintain' deletes those of old versions.",
        version, labels, cause);
  }

  static GuardException versionUnknown(String labels, long asked, long newest) {
    return ErrorCode.COMPARE_VERSION_UNKNOWN.error(
        "Labels %s have no version %s. Expected 0 to %s; DESCRIBE HISTORY lists them.",
        labels, asked, newest);
  }

  static GuardException modelUnclear(
      String labels, Collection<String> asked, Collection<ModelIdentity> models) {
    return ErrorCode.COMPARE_MODEL_UNCLEAR.error(
        "Labels %s have no one model that fits %s. Expected the beginning of the name, revision or prompt pack of one, several if one does not do: %s.",
        labels, asked, described(models));
  }

  static GuardException sameLabels(String labels, long version, ModelIdentity model) {
    return ErrorCode.COMPARE_SAME_LABELS.error(
        "Version %s of labels %s by %s would be compared with itself. Expected two label sets: name another output with --after, another model that labelled this one with --before-model, or an earlier version with --before-version.",
        version, labels, described(List.of(model)));
  }

  static GuardException nothingAlike(String before, String after) {
    return ErrorCode.COMPARE_NOTHING_ALIKE.error(
        "Labels %s and %s have no content in common: no conversation, turn and content hash of one is in the other, those with source_deleted left out. Expected labels of the same corpus, read in the same way.",
        before, after);
  }

  private static List<String> described(Collection<ModelIdentity> models) {
    return models.stream()
        .map(model -> "%s %s %s".formatted(model.id(), model.revision(), model.promptPack()))
        .toList();
  }
}
