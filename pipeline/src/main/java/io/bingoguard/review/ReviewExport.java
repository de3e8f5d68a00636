package io.bingoguard.review;

import io.bingoguard.guard.GuardException;
import io.bingoguard.review.sample.Sample;
import io.bingoguard.review.sample.SampleItem;
import io.bingoguard.review.sample.SampleRequest;
import io.bingoguard.review.sample.SampleTable;
import io.bingoguard.review.sample.Sampler;
import io.bingoguard.review.tool.ReviewTask;
import io.bingoguard.review.tool.ReviewTool;
import io.bingoguard.source.Corpus;
import io.bingoguard.table.CurrentLabels;
import io.bingoguard.table.OutputDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Gives a sample of labelled messages to the tool that people review with. */
public final class ReviewExport {
  private final SparkSession spark;
  private final OutputDirectory output;
  private final CurrentLabels labels;
  private final SampleTable samples;
  private final Optional<SampleRequest> request;

  private ReviewExport(
      SparkSession spark,
      OutputDirectory output,
      CurrentLabels labels,
      SampleTable samples,
      Optional<SampleRequest> request) {
    this.spark = spark;
    this.output = output;
    this.labels = labels;
    this.samples = samples;
    this.request = request;
  }

  /**
   * Looks at an output, and changes nothing.
   *
   * @param request the sample to draw; empty for the one that was drawn last
   * @throws GuardException OUTPUT_UNREADABLE, OUTPUT_UNSUITABLE, or REVIEW_SAMPLE_MISSING where
   *     none is to be drawn and there is none
   */
  public static ReviewExport of(
      SparkSession spark, OutputDirectory output, Optional<SampleRequest> request) {
    CurrentLabels labels = CurrentLabels.of(spark, output);
    SampleTable samples = SampleTable.of(spark, output);
    samples.refuseUnfit();
    if (request.isEmpty() && samples.newest().isEmpty()) {
      throw ReviewErrors.noSample(output.root());
    }
    return new ReviewExport(spark, output, labels, samples, request);
  }

  /**
   * Draws the sample, if one is asked for, and writes it as the tool takes it.
   *
   * @param corpus from which texts are taken; empty where none are to be shown
   * @param at when
   * @param busyWith told what is done
   * @throws GuardException REVIEW_NOTHING_TO_SAMPLE, REVIEW_SAMPLE_TOO_SMALL, REVIEW_TEXTS_MISSING
   *     or REVIEWS_NOT_WRITTEN
   */
  public ExportedSample run(
      ReviewTool tool, Optional<Corpus> corpus, Instant at, Consumer<String> busyWith) {
    Sample sample = request.map(asked -> draw(asked, at, busyWith)).orElseGet(this::newest);
    Map<String, ReviewTask.Texts> texts =
        corpus
            .map(
                whole -> {
                  busyWith.accept("Looking up the texts");
                  return ExchangeTexts.of(spark, whole, sample.items());
                })
            .orElse(Map.of());
    if (corpus.isPresent() && texts.isEmpty()) {
      throw ReviewErrors.noTexts(corpus.get().input(), sample.items().size());
    }
    List<ReviewTask> tasks =
        sample.items().stream()
            .filter(item -> corpus.isEmpty() || texts.containsKey(item.id()))
            .map(item -> task(item, texts))
            .toList();
    return new ExportedSample(
        sample,
        request.map(SampleRequest::size),
        tasks.size(),
        tool.format().tasks(tasks),
        tool.format().settings(labels.categories()));
  }

  private static ReviewTask task(SampleItem item, Map<String, ReviewTask.Texts> texts) {
    return new ReviewTask(item, Optional.ofNullable(texts.get(item.id())));
  }

  private Sample newest() {
    return samples.newest().orElseThrow(() -> ReviewErrors.noSample(output.root()));
  }

  private Sample draw(SampleRequest asked, Instant at, Consumer<String> busyWith) {
    busyWith.accept("Drawing a sample");
    try {
      Sample sample = Sampler.draw(labels, asked, at);
      samples.add(sample);
      return sample;
    } catch (GuardException e) {
      throw e;
    } catch (Exception e) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw ReviewErrors.notWritten(output.root(), e);
    }
  }
}
