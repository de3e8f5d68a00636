package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.Evaluation;
import io.bingoguard.evaluate.EvaluationOptions;
import io.bingoguard.evaluate.Evaluator;
import io.bingoguard.evaluate.Judged;
import io.bingoguard.evaluate.OffFormatRule;
import io.bingoguard.evaluate.dataset.GoldCase;
import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import io.bingoguard.guard.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/** Invented cases with what a model said of them, and the page that they make. */
final class Judgements {
  static final Map<String, String> CATEGORIES =
      Map.of("S2", "Weapons", "S7", "Theft & <fraud>", "S10", "Insults");

  private final List<GoldCase> cases = new ArrayList<>();
  private final List<Judged> judged = new ArrayList<>();
  private String dataset = "folder/invented.csv";
  private String layout = "gold";
  private String model = "bingoguard-mini";
  private String promptPack = "bingoguard-demo/1@sha256:0";
  private boolean texts;

  /** A mix of everything: both sides, categories, severities, kinds of case. */
  static Judgements mixed(int count) {
    Random random = new Random(7);
    List<String> codes = List.of("S2", "S7", "S10");
    Judgements mixed = new Judgements();
    for (int i = 0; i < count; i++) {
      boolean harmful = random.nextBoolean();
      double probability = clamped((harmful ? 0.65 : 0.35) + 0.22 * random.nextGaussian());
      int level = harmful ? 1 + random.nextInt(4) : 0;
      int given = Math.max(0, Math.min(4, level + random.nextInt(3) - 1));
      String gold = codes.get(random.nextInt(3));
      mixed.cases.add(
          new GoldCase(
              Exchange.of("message " + i, "reply " + i),
              Optional.of(harmful),
              Optional.of(harmful),
              Optional.of(gold),
              OptionalInt.of(level),
              Optional.of("kind_" + i % 6 + (i % 2 == 0 ? "_of_some_length" : ""))));
      String said = random.nextInt(3) == 0 ? codes.get(random.nextInt(3)) : gold;
      mixed.judged.add(
          new Judged(
              label(
                  Optional.of(verdict(probability, said)),
                  Optional.of(verdict(clamped(probability + 0.1), said)),
                  Optional.of(new Severity(given, List.of()))),
              OptionalInt.of(given)));
    }
    return mixed;
  }

  /** A message and P(harmful), which is called harmful from 0.5 on. */
  Judgements prompt(boolean harmful, double probability, String group, String text) {
    cases.add(
        new GoldCase(
            new Exchange(Optional.of(text), Optional.empty()),
            Optional.of(harmful),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.of(group)));
    judged.add(
        new Judged(
            label(Optional.of(verdict(probability, "S7")), Optional.empty(), Optional.empty()),
            OptionalInt.empty()));
    return this;
  }

  Judgements ofDataset(String path, String itsLayout) {
    dataset = path;
    layout = itsLayout;
    return this;
  }

  Judgements byModel(String id, String itsPrompts) {
    model = id;
    promptPack = itsPrompts;
    return this;
  }

  Judgements withTexts() {
    texts = true;
    return this;
  }

  Evaluation evaluation() {
    return evaluator()
        .evaluate(
            new Evaluation.Subject(
                dataset,
                layout,
                cases.size(),
                List.of("3 records without a label"),
                model,
                "sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                promptPack,
                Optional.of("This model is tiny."),
                OffFormatRule.EXCLUDED,
                50));
  }

  String page() {
    return EvaluationPage.of(
        evaluation(),
        new PageDetails(
            Instant.parse("2026-05-04T03:02:01Z"),
            "1.2.3",
            "bingoguard evaluate --dataset 'a <b>.csv'",
            Map.of("--severity", "flagged"),
            CATEGORIES,
            evaluator().wrong(),
            texts));
  }

  private Evaluator evaluator() {
    return new Evaluator(cases, judged, new EvaluationOptions(OffFormatRule.EXCLUDED, 50, 0.9));
  }

  private static double clamped(double probability) {
    return Math.max(0.001, Math.min(0.999, probability));
  }

  private static Verdict verdict(double probability, String code) {
    boolean harmful = probability >= 0.5;
    return new Verdict(
        harmful,
        probability,
        harmful
            ? Optional.of(new Category(code, CATEGORIES.getOrDefault(code, code)))
            : Optional.empty());
  }

  private static SafetyLabel label(
      Optional<Verdict> prompt, Optional<Verdict> response, Optional<Severity> severity) {
    return new SafetyLabel(
        prompt,
        response,
        severity,
        LabelStatus.OK,
        Optional.empty(),
        OptionalDouble.empty(),
        10,
        Windows.ONE,
        OptionalInt.empty());
  }
}
