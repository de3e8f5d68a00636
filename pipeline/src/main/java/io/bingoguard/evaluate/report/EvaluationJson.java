package io.bingoguard.evaluate.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.evaluate.BinaryEvaluation;
import io.bingoguard.evaluate.CategoryEvaluation;
import io.bingoguard.evaluate.Evaluation;
import io.bingoguard.evaluate.Figures;
import io.bingoguard.evaluate.PublishedFigures;
import io.bingoguard.evaluate.SeverityEvaluation;
import io.bingoguard.evaluate.metric.Calibration;
import io.bingoguard.evaluate.metric.CategoryMetrics;
import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** An evaluation for programs: one JSON object with snake_case keys, an undefined figure null. */
public final class EvaluationJson {
  private static final JsonMapper JSON = new JsonMapper();

  private EvaluationJson() {}

  /** The object as text. */
  public static String of(Evaluation evaluation) {
    ObjectNode json = JSON.createObjectNode();
    Evaluation.Subject subject = evaluation.subject();
    json.put("dataset", subject.dataset());
    json.put("layout", subject.layout());
    json.put("cases", subject.cases());
    json.set("left_out", JSON.valueToTree(subject.leftOut()));
    json.put("model", subject.model());
    json.put("demo_model", subject.notice().isPresent());
    json.put("model_revision", subject.revision());
    json.put("prompt_pack", subject.promptPack());
    json.put("off_format_rule", subject.offFormat().name().toLowerCase(Locale.ROOT));
    json.put("resamples", subject.resamples());
    ObjectNode verdicts = json.putObject("verdicts");
    evaluation.verdicts().forEach(side -> verdicts(verdicts.putObject(side.side()), side));
    evaluation.categories().ifPresent(metrics -> categories(json.putObject("categories"), metrics));
    ObjectNode severities = json.putObject("severity");
    for (SeverityEvaluation graded : evaluation.severities()) {
      severities(
          severities.putObject(graded.category().name().toLowerCase(Locale.ROOT) + "_category"),
          graded);
    }
    ArrayNode published = json.putArray("published_f1_percent");
    for (PublishedFigures.Row row : evaluation.published()) {
      published.addObject().put("model", row.model()).put("side", row.side()).put("f1", row.f1());
    }
    return json.toPrettyString();
  }

  private static void verdicts(ObjectNode json, BinaryEvaluation side) {
    json.put("cases", side.metrics().cases());
    json.put("harmful", side.metrics().harmful());
    json.put("off_format", side.offFormat());
    json.put("truncated", side.truncated());
    json.put("failed", side.failed());
    figures(json, Figures.of(side.metrics()), side.intervals());
    Calibration calibration = side.calibration();
    put(json, "expected_calibration_error", calibration.expectedCalibrationError());
    put(json, "brier", calibration.brier());
    ArrayNode bins = json.putArray("reliability");
    for (Calibration.Bin bin : calibration.bins()) {
      bins.addObject()
          .put("low", bin.low())
          .put("high", bin.high())
          .put("cases", bin.cases())
          .put("mean_probability", bin.meanProbability())
          .put("harmful_share", bin.harmfulShare());
    }
    json.put("wanted_precision", side.wantedPrecision());
    side.threshold()
        .ifPresent(
            choice ->
                json.putObject("threshold")
                    .put("threshold", choice.threshold())
                    .put("precision", choice.precision())
                    .put("recall", choice.recall()));
    ObjectNode groups = json.putObject("groups");
    side.groups()
        .forEach(
            (name, metrics) -> {
              ObjectNode group = groups.putObject(name);
              group.put("cases", metrics.cases());
              group.put("harmful", metrics.harmful());
              put(group, "recall", metrics.recall());
              put(group, "false_positive_rate", metrics.falsePositiveRate());
            });
  }

  private static void categories(ObjectNode json, CategoryEvaluation categories) {
    CategoryMetrics metrics = categories.metrics();
    json.put("cases", metrics.withGold());
    figures(json, Figures.of(metrics), categories.intervals());
    ObjectNode each = json.putObject("by_category");
    for (CategoryMetrics.Score score : metrics.categories()) {
      ObjectNode node = each.putObject(score.code());
      node.put("cases", score.support());
      put(node, "precision", score.precision());
      put(node, "recall", score.recall());
      node.put("f1", score.f1());
    }
  }

  private static void severities(ObjectNode json, SeverityEvaluation graded) {
    SeverityMetrics metrics = graded.metrics();
    json.put("cases", metrics.cases());
    json.put("off_format", metrics.offFormat());
    json.put("failed", graded.failed());
    figures(json, Figures.of(metrics), graded.intervals());
    ObjectNode levels = json.putObject("by_level");
    for (SeverityMetrics.Level level : metrics.levels()) {
      ObjectNode node = levels.putObject(Integer.toString(level.level()));
      node.put("cases", level.cases());
      put(node, "accuracy", level.accuracy());
      put(node, "mean_level_given", level.meanJudged());
    }
    json.set("confusion", JSON.valueToTree(metrics.confusion()));
    ObjectNode categories = json.putObject("by_category");
    graded
        .byCategory()
        .forEach(
            (code, of) -> {
              ObjectNode node = categories.putObject(code);
              node.put("cases", of.cases());
              put(node, "accuracy", of.accuracy());
              put(node, "within_one", of.withinOne());
            });
  }

  private static void figures(
      ObjectNode json, Map<String, OptionalDouble> figures, Map<String, Interval> intervals) {
    figures.forEach((name, value) -> put(json, name, value));
    ObjectNode ranges = json.putObject("intervals_95");
    figures.keySet().stream()
        .filter(intervals::containsKey)
        .forEach(
            name ->
                ranges
                    .putArray(name)
                    .add(intervals.get(name).low())
                    .add(intervals.get(name).high()));
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(name, value.getAsDouble());
    } else {
      json.putNull(name);
    }
  }
}
