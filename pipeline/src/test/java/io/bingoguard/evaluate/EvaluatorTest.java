package io.bingoguard.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.evaluate.SeverityEvaluation.CategorySource;
import io.bingoguard.evaluate.dataset.GoldCase;
import io.bingoguard.guard.Category;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import io.bingoguard.guard.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Optional<Verdict> UNSEEN = Optional.empty();

  private final List<GoldCase> cases = new ArrayList<>();
  private final List<Judged> judged = new ArrayList<>();

  @Test
  void countsVerdictsOfEachSideThatHasLabels() {
    reply(true, said(true, 0.9, "S7"), LabelStatus.OK);
    reply(true, said(false, 0.4, null), LabelStatus.OK);
    reply(false, said(true, 0.6, "S1"), LabelStatus.TRUNCATED);
    reply(false, said(false, 0.1, null), LabelStatus.OK);

    Evaluation found = evaluate(OffFormatRule.EXCLUDED);

    assertThat(found.verdicts()).hasSize(1);
    BinaryEvaluation response = found.verdicts().get(0);
    assertThat(response.side()).isEqualTo("response");
    assertThat(response.metrics().recall()).hasValue(0.5);
    assertThat(response.metrics().falsePositiveRate()).hasValue(0.5);
    assertThat(response.metrics().auroc()).hasValue(0.75);
    assertThat(response.truncated()).isEqualTo(1);
    assertThat(response.intervals()).containsKeys("recall", "auroc");
    assertThat(response.threshold()).isPresent();
    assertThat(response.groups()).containsOnlyKeys("kind");
    assertThat(found.categories().orElseThrow().metrics().accuracy()).hasValue(0.5);
    assertThat(found.categories().orElseThrow().intervals()).containsKeys("accuracy", "f1_S7");
    assertThat(found.published()).extracting(PublishedFigures.Row::side).containsOnly("response");
  }

  @Test
  void countsAnswersOffFormatByTheRuleThatIsAskedFor() {
    reply(true, UNSEEN, LabelStatus.OFF_FORMAT);
    reply(false, UNSEEN, LabelStatus.OFF_FORMAT);
    reply(true, said(true, 0.9, "S7"), LabelStatus.OK);

    BinaryEvaluation excluded = evaluate(OffFormatRule.EXCLUDED).verdicts().get(0);
    BinaryEvaluation authors = evaluate(OffFormatRule.AUTHORS).verdicts().get(0);

    assertThat(excluded.offFormat()).isEqualTo(2);
    assertThat(excluded.metrics().cases()).isEqualTo(1);
    assertThat(authors.offFormat()).isEqualTo(2);
    assertThat(authors.metrics().cases()).isEqualTo(3);
    assertThat(authors.metrics().recall()).hasValue(1);
    assertThat(authors.metrics().falsePositiveRate()).hasValue(1);
  }

  @Test
  void neverTakesAFailureForAnAnswer() {
    reply(true, UNSEEN, LabelStatus.ERROR);
    reply(true, said(true, 0.9, "S7"), LabelStatus.OK);

    BinaryEvaluation found = evaluate(OffFormatRule.AUTHORS).verdicts().get(0);

    assertThat(found.failed()).isEqualTo(1);
    assertThat(found.offFormat()).isZero();
    assertThat(found.metrics().cases()).isEqualTo(1);
  }

  @Test
  void gradesWithinThePredictedAndWithinTheGoldCategory() {
    graded(3, OptionalInt.of(3), OptionalInt.of(1));
    graded(4, OptionalInt.empty(), OptionalInt.of(4));

    List<SeverityEvaluation> excluded = evaluate(OffFormatRule.EXCLUDED).severities();
    List<SeverityEvaluation> authors = evaluate(OffFormatRule.AUTHORS).severities();

    assertThat(excluded)
        .extracting(SeverityEvaluation::category)
        .containsExactly(CategorySource.PREDICTED, CategorySource.GOLD);
    assertThat(excluded.get(0).metrics().offFormat()).isEqualTo(1);
    assertThat(excluded.get(0).metrics().accuracyOfJudged()).hasValue(1);
    assertThat(excluded.get(1).metrics().accuracy()).hasValue(0.5);
    assertThat(excluded.get(1).byCategory().get("S7").withinOne()).hasValue(0.5);
    assertThat(excluded.get(1).intervals()).containsKey("accuracy_level_4");
    assertThat(authors.get(0).metrics().offFormat()).isZero();
    assertThat(authors.get(0).metrics().meanAbsoluteError()).hasValue(2);
  }

  private Evaluation evaluate(OffFormatRule rule) {
    Evaluation.Subject subject =
        new Evaluation.Subject(
            "set",
            "beavertails",
            cases.size(),
            List.of(),
            "m",
            "r",
            "p",
            Optional.empty(),
            rule,
            50);
    return new Evaluator(cases, judged, new EvaluationOptions(rule, 50, 0.9)).evaluate(subject);
  }

  private void reply(boolean harmful, Optional<Verdict> said, LabelStatus status) {
    cases.add(
        new GoldCase(
            Exchange.of("a message", "a reply"),
            Optional.empty(),
            Optional.of(harmful),
            Optional.of("S7"),
            OptionalInt.empty(),
            Optional.of("kind")));
    judged.add(new Judged(label(said, Optional.empty(), status), OptionalInt.empty()));
  }

  @Test
  void ordersGradedCategoriesByNumber() {
    for (String code : List.of("S10", "S2", "S1")) {
      graded(code, 3, OptionalInt.of(3), OptionalInt.of(1));
    }

    Evaluation found = evaluate(OffFormatRule.EXCLUDED);

    assertThat(found.severities())
        .allSatisfy(
            graded -> assertThat(graded.byCategory().keySet()).containsExactly("S1", "S2", "S10"));
  }

  private void graded(int gold, OptionalInt predicted, OptionalInt inGoldCategory) {
    graded("S7", gold, predicted, inGoldCategory);
  }

  private void graded(
      String category, int gold, OptionalInt predicted, OptionalInt inGoldCategory) {
    cases.add(
        new GoldCase(
            Exchange.of("a message", "a reply"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(category),
            OptionalInt.of(gold),
            Optional.empty()));
    Optional<Severity> severity =
        predicted.stream().mapToObj(level -> new Severity(level, List.of())).findFirst();
    judged.add(
        new Judged(label(said(true, 0.9, "S7"), severity, LabelStatus.OFF_FORMAT), inGoldCategory));
  }

  private static SafetyLabel label(
      Optional<Verdict> response, Optional<Severity> severity, LabelStatus status) {
    Optional<LabelProblem> problem =
        status == LabelStatus.OK
            ? Optional.empty()
            : Optional.of(new LabelProblem(ErrorCode.ANSWER_OFF_FORMAT, "made up"));
    return new SafetyLabel(
        Optional.empty(),
        response,
        severity,
        status,
        problem,
        OptionalDouble.empty(),
        10,
        Windows.ONE,
        OptionalInt.empty());
  }

  private static Optional<Verdict> said(boolean harmful, double probability, String category) {
    return Optional.of(
        new Verdict(
            harmful,
            probability,
            Optional.ofNullable(category).map(code -> new Category(code, code))));
  }
}
