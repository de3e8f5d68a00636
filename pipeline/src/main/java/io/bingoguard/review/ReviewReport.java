package io.bingoguard.review;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.table.ReviewFigure;
import io.bingoguard.table.ReviewedSample;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What reviews came to.
 *
 * @param counts of the file that was imported, if one was
 * @param samples with what their reviews tell, the newest first
 */
public record ReviewReport(Optional<ImportCounts> counts, List<ReviewedSample> samples) {
  private static final JsonMapper JSON = new JsonMapper();

  public ReviewReport {
    Objects.requireNonNull(counts, "counts");
    samples = List.copyOf(samples);
  }

  /** For people: the newest sample; the others are in the table. */
  public String text() {
    StringBuilder text = new StringBuilder();
    counts.ifPresent(imported -> imported(text, imported));
    if (samples.isEmpty()) {
      text.append("No answers yet.%n".formatted());
    } else {
      figures(text, samples.get(0));
    }
    return text.toString();
  }

  private static void imported(StringBuilder text, ImportCounts counts) {
    text.append(
        String.format(
            Locale.ROOT,
            "%,d answers: %,d new, %,d changed, %,d known before, %,d changed since, %,d not answered, %,d unfit%n",
            counts.answers(),
            counts.added(),
            counts.changed(),
            counts.known(),
            counts.older(),
            counts.unanswered(),
            counts.unfit().size()));
    UnfitText.of(counts.unfit()).forEach(line -> text.append("  unfit: %s%n".formatted(line)));
    if (counts.categoriesUnused() > 0) {
      text.append(
          "  %,d categories left out beside another verdict than harmful%n"
              .formatted(counts.categoriesUnused()));
    }
  }

  private static void figures(StringBuilder text, ReviewedSample sample) {
    text.append(
        "Sample %s of %s, drawn %s%n".formatted(sample.id(), sample.modelId(), sample.sampledAt()));
    text.append(
        "  %-8s %-18s %-18s %-8s %8s  %-18s %10s %s%n"
            .formatted(
                "side",
                "measure",
                "method",
                "category",
                "share",
                "interval (95%)",
                "reviewed",
                "disputed"));
    for (ReviewFigure figure : sample.figures()) {
      text.append(
          "  %-8s %-18s %-18s %-8s %8s  %-18s %10s %d%n"
              .formatted(
                  figure.side(),
                  figure.measure(),
                  figure.method(),
                  figure.category().orElse("all"),
                  figure.measured().map(one -> share(one.estimate())).orElse("-"),
                  figure
                      .measured()
                      .map(one -> "%s to %s".formatted(share(one.low()), share(one.high())))
                      .orElseGet(() -> lacking(figure.counts())),
                  figure.counts().reviewed() + "/" + figure.counts().sampled(),
                  figure.counts().disputed()));
    }
  }

  private static String lacking(ReviewFigure.Counts counts) {
    long strata = counts.strata() - counts.strataReviewed();
    return strata > 0 ? strata + " strata lack" : "categories lack";
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** For programs. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    counts.ifPresentOrElse(
        imported -> json.set("imported", imported(imported)), () -> json.putNull("imported"));
    ArrayNode list = json.putArray("samples");
    for (ReviewedSample sample : samples) {
      ObjectNode entry = list.addObject();
      entry.put("sample_id", sample.id());
      entry.put("model_id", sample.modelId());
      entry.put("sampled_at", sample.sampledAt().toString());
      ArrayNode figures = entry.putArray("figures");
      sample.figures().forEach(figure -> figures.add(figure(figure)));
    }
    return json.toPrettyString();
  }

  private static ObjectNode imported(ImportCounts counts) {
    ObjectNode json = JSON.createObjectNode();
    json.put("answers", counts.answers());
    json.put("added", counts.added());
    json.put("changed", counts.changed());
    json.put("known", counts.known());
    json.put("older", counts.older());
    json.put("unanswered", counts.unanswered());
    ArrayNode unfit = json.putArray("unfit");
    counts.unfit().forEach(answer -> unfit.add(answer.text()));
    json.put("categories_unused", counts.categoriesUnused());
    return json;
  }

  private static ObjectNode figure(ReviewFigure figure) {
    ObjectNode json = JSON.createObjectNode();
    json.put("side", figure.side());
    json.put("measure", figure.measure());
    json.put("method", figure.method());
    json.put("category", figure.category().orElse(null));
    json.put("estimate", figure.measured().map(ReviewFigure.Measured::estimate).orElse(null));
    json.put("low", figure.measured().map(ReviewFigure.Measured::low).orElse(null));
    json.put("high", figure.measured().map(ReviewFigure.Measured::high).orElse(null));
    json.put("judged", figure.judged().orElse(null));
    json.put("expected", figure.expected().orElse(null));
    json.put("messages", figure.counts().messages());
    json.put("sampled", figure.counts().sampled());
    json.put("reviewed", figure.counts().reviewed());
    json.put("answers", figure.counts().answers());
    json.put("disputed", figure.counts().disputed());
    return json;
  }
}
