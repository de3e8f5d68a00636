package io.bingoguard.evaluate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model is worth on a labelled set.
 *
 * @param subject what was measured
 * @param verdicts one entry for each side with gold labels
 * @param categories categories of the harmful cases that have a gold one; absent without any
 * @param severities one entry for each way to choose the category; empty without gold levels
 * @param published published figures for the set, if there are any
 */
public record Evaluation(
    Subject subject,
    List<BinaryEvaluation> verdicts,
    Optional<CategoryEvaluation> categories,
    List<SeverityEvaluation> severities,
    List<PublishedFigures.Row> published) {
  public Evaluation {
    Objects.requireNonNull(subject, "subject");
    verdicts = List.copyOf(verdicts);
    Objects.requireNonNull(categories, "categories");
    severities = List.copyOf(severities);
    published = List.copyOf(published);
  }

  /**
   * What was measured, and how.
   *
   * @param dataset the path as the user gave it
   * @param layout key of the set's layout
   * @param cases number of cases
   * @param leftOut what was not made a case, in words
   * @param model name of the model
   * @param revision digest of its files
   * @param promptPack identity of its prompts
   * @param notice what every output of the model has to say
   * @param offFormat what answers off format count for
   * @param resamples of the bootstrap; 0 for no intervals
   */
  public record Subject(
      String dataset,
      String layout,
      long cases,
      List<String> leftOut,
      String model,
      String revision,
      String promptPack,
      Optional<String> notice,
      OffFormatRule offFormat,
      int resamples) {
    public Subject {
      leftOut = List.copyOf(leftOut);
    }
  }
}
