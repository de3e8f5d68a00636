package io.bingoguard.review;

import io.bingoguard.guard.GuardException;
import io.bingoguard.review.sample.Sample;
import io.bingoguard.review.sample.SampleTable;
import io.bingoguard.table.LabelHistory;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.ReviewEstimates;
import io.bingoguard.table.ReviewTable;
import io.bingoguard.table.ReviewedSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What people have answered about samples of an output, and what that tells of its labels. */
public final class Reviews {
  private final OutputDirectory output;
  private final SampleTable samples;
  private final ReviewRows reviews;
  private final ReviewEstimates estimates;
  private final Optional<Answers> answers;

  private Reviews(
      OutputDirectory output,
      SampleTable samples,
      ReviewRows reviews,
      ReviewEstimates estimates,
      Optional<Answers> answers) {
    this.output = output;
    this.samples = samples;
    this.reviews = reviews;
    this.estimates = estimates;
    this.answers = answers;
  }

  /**
   * Looks at an output and at the answers of a file, if one is named, and changes nothing.
   *
   * @param file the answers, and how they are taken
   * @param at when they are taken
   * @throws GuardException OUTPUT_UNSUITABLE, REVIEW_SAMPLE_MISSING, REVIEWS_UNREADABLE or
   *     REVIEWS_INVALID
   */
  public static Reviews of(
      SparkSession spark, OutputDirectory output, Optional<ReviewFile> file, Instant at) {
    SampleTable samples = SampleTable.of(spark, output);
    ReviewTable table = ReviewTable.reviews(spark, output);
    ReviewEstimates estimates = ReviewEstimates.of(spark, output);
    samples.refuseUnfit();
    table.refuseUnfit();
    estimates.refuseUnfit();
    if (samples.newest().isEmpty()) {
      throw ReviewErrors.noSample(output.root());
    }
    Optional<Answers> answers =
        file.map(
            one ->
                one.read(
                    samples.sampleOfItem(),
                    LabelHistory.of(spark, output).categoryNames(output).keySet(),
                    at));
    return new Reviews(output, samples, new ReviewRows(table), estimates, answers);
  }

  /**
   * Writes the answers, as far as they are not known, and what all answers tell.
   *
   * @param at when
   * @param busyWith told what is done
   * @throws GuardException REVIEWS_NOT_WRITTEN
   */
  public ReviewReport run(Instant at, Consumer<String> busyWith) {
    try {
      busyWith.accept("Writing the answers");
      Optional<ImportCounts> counts = answers.map(this::take);
      busyWith.accept("Computing what the reviews tell");
      return new ReviewReport(counts, estimated(at));
    } catch (Exception e) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw ReviewErrors.notWritten(output.root(), e);
    }
  }

  private ImportCounts take(Answers given) {
    Map<String, List<Review>> bySample =
        given.reviews().stream()
            .sorted(Comparator.comparing(review -> review.at().orElse(Instant.MIN)))
            .collect(Collectors.groupingBy(Review::sampleId));
    List<MergedReviews> merged = new ArrayList<>();
    bySample.forEach((sample, ofIt) -> merged.add(merge(sample, ofIt)));
    return new ImportCounts(
        given.reviews().size() + given.unanswered() + given.unfit().size(),
        merged.stream().mapToLong(MergedReviews::added).sum(),
        merged.stream().mapToLong(MergedReviews::changed).sum(),
        merged.stream().mapToLong(MergedReviews::known).sum(),
        merged.stream().mapToLong(MergedReviews::older).sum(),
        given.unanswered(),
        given.unfit(),
        given.categoriesUnused());
  }

  private MergedReviews merge(String sample, List<Review> given) {
    MergedReviews merged = new MergedReviews(reviews.of(sample));
    given.forEach(merged::add);
    if (merged.differs()) {
      reviews.replace(sample, merged.all());
    }
    return merged;
  }

  /** Of every sample with an answer, the newest first. */
  private List<ReviewedSample> estimated(Instant at) {
    List<ReviewedSample> all = new ArrayList<>();
    for (String id : reviews.samples()) {
      Sample sample = samples.sample(id).orElseThrow(() -> ReviewErrors.noSample(output.root()));
      ReviewedSample reviewed =
          new ReviewedSample(
              sample.id(),
              sample.model().id(),
              sample.model().revision(),
              sample.model().promptPack(),
              sample.at(),
              Figures.of(sample, reviews.of(id)));
      estimates.write(reviewed, at);
      all.add(reviewed);
    }
    all.sort(Comparator.comparing(ReviewedSample::sampledAt).reversed());
    return all;
  }
}
