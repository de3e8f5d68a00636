package io.bingoguard.audit.report;

import io.bingoguard.audit.FigureWords;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.page.Bar;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import io.bingoguard.table.ReviewFigure;
import io.bingoguard.table.ReviewedSample;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What people found in a sample of labels, beside what the labels claim. */
final class MeasuredSection {
  private static final int MOST_ROWS = 30;
  private static final int MOST_NAME = 120;
  private static final String PREVALENCE = "prevalence";
  private static final String PRECISION = "precision";
  private static final String STRATIFIED = "stratified";

  private final NightAudit audit;
  private final ReviewedSample sample;

  private MeasuredSection(NightAudit audit, ReviewedSample sample) {
    this.audit = audit;
    this.sample = sample;
  }

  /** The section; empty where nobody was asked. */
  static Optional<MeasuredSection> of(NightAudit audit) {
    return audit.reviews().map(sample -> new MeasuredSection(audit, sample));
  }

  /**
   * A figure.
   *
   * @param name what is measured
   * @param side whose messages
   * @param claimed the same share by the labels
   * @param measured the share that people would find
   * @param interval in which it lies, or why there is none
   * @param category share in the judged category, of rows of categories
   * @param bar of the interval
   * @param reviewed how many were looked at
   */
  record Line(
      String name,
      String side,
      String claimed,
      String measured,
      String interval,
      String category,
      Optional<Bar> bar,
      String reviewed) {}

  /** Whether it was the night's model whose labels were reviewed. */
  boolean ofThisModel() {
    return audit
        .of("exchange", "all")
        .map(
            all ->
                all.model().revision().equals(sample.modelRevision())
                    && all.model().promptPack().equals(sample.promptPack()))
        .orElse(false);
  }

  String model() {
    return Cut.to(MOST_NAME, sample.modelId());
  }

  /** How much was looked at, and how well people agree. */
  String summary() {
    List<ReviewFigure.Counts> all =
        sample.figures().stream()
            .filter(figure -> figure.measure().equals(PREVALENCE))
            .filter(figure -> figure.method().equals(STRATIFIED))
            .map(ReviewFigure::counts)
            .toList();
    long disputed = all.stream().mapToLong(ReviewFigure.Counts::disputed).sum();
    return "People reviewed %s of %s messages that were sampled on %s%s."
        .formatted(
            Numbers.count(all.stream().mapToLong(ReviewFigure.Counts::reviewed).sum()),
            Numbers.count(all.stream().mapToLong(ReviewFigure.Counts::sampled).sum()),
            LocalDate.ofInstant(sample.sampledAt(), ZoneOffset.UTC),
            disputed == 0 ? "" : ", and differ on " + Numbers.count(disputed));
  }

  /** Figures of all messages of a side. */
  List<Line> shares() {
    return sample.figures().stream()
        .filter(figure -> figure.category().isEmpty())
        .map(figure -> line(named(figure), figure, ""))
        .toList();
  }

  private static String named(ReviewFigure figure) {
    return switch (figure.measure()) {
      case PREVALENCE ->
          figure.method().equals(STRATIFIED)
              ? "Harmful, by reviews alone"
              : "Harmful, by reviews and labels";
      case PRECISION -> "Harmful of those judged harmful";
      default -> "Harmful of those judged harmless";
    };
  }

  /** Precision by category. */
  List<Line> categories() {
    return sample.figures().stream()
        .filter(figure -> figure.measure().equals(PRECISION) && figure.category().isPresent())
        .limit(MOST_ROWS)
        .map(
            figure ->
                line(
                    audit.words().category(figure.category().orElseThrow()),
                    figure,
                    inCategory(figure)))
        .toList();
  }

  private String inCategory(ReviewFigure precision) {
    return sample.figures().stream()
        .filter(figure -> figure.measure().equals("category_precision"))
        .filter(
            figure ->
                figure.side().equals(precision.side())
                    && figure.category().equals(precision.category()))
        .flatMap(figure -> figure.measured().stream())
        .map(measured -> FigureWords.percent(measured.estimate()))
        .findFirst()
        .orElse("not told");
  }

  int categoriesNotShown() {
    long all =
        sample.figures().stream()
            .filter(figure -> figure.measure().equals(PRECISION) && figure.category().isPresent())
            .count();
    return (int) Math.max(0, all - MOST_ROWS);
  }

  private static Line line(String name, ReviewFigure figure, String category) {
    ReviewFigure.Counts counts = figure.counts();
    return new Line(
        name,
        figure.side().equals("prompt") ? "prompts" : "replies",
        figure.judged().or(figure::expected).map(FigureWords::percent).orElse(""),
        figure.measured().map(one -> FigureWords.percent(one.estimate())).orElse("not yet"),
        figure
            .measured()
            .map(
                one ->
                    "%s to %s"
                        .formatted(FigureWords.percent(one.low()), FigureWords.percent(one.high())))
            .orElseGet(
                () ->
                    "%d of %d strata reviewed".formatted(counts.strataReviewed(), counts.strata())),
        category,
        figure.measured().map(one -> new Bar(one.low(), one.high(), one.estimate())),
        "%s of %s".formatted(Numbers.count(counts.reviewed()), Numbers.count(counts.sampled())));
  }
}
