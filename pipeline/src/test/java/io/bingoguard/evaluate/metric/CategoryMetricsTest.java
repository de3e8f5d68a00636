package io.bingoguard.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CategoryMetricsTest {
  static Stream<Named<JsonNode>> sets() {
    return Reference.sets("category");
  }

  @ParameterizedTest
  @MethodSource("sets")
  void agreesWithScikitLearn(JsonNode set) {
    List<CategorizedCase> cases =
        Reference.rows(
            set.get("gold").size(),
            row -> new CategorizedCase(code(set.get("gold"), row), code(set.get("judged"), row)));
    CategoryMetrics metrics = CategoryMetrics.of(cases);

    assertThat(metrics.cases()).isEqualTo(cases.size());
    assertThat(metrics.withGold()).isEqualTo(set.get("withGold").asLong());
    Reference.assertFigures(
        Map.of(
            "accuracy", metrics.accuracy(),
            "accuracyOfJudged", metrics.accuracyOfJudged(),
            "macroF1", metrics.macroF1()),
        set.get("figures"));
    JsonNode categories = set.get("categories");
    assertThat(metrics.categories()).hasSize(categories.size());
    for (int index = 0; index < categories.size(); index++) {
      assertScore(metrics.categories().get(index), categories.get(index));
    }
  }

  private static void assertScore(CategoryMetrics.Score score, JsonNode expected) {
    assertThat(score.code()).isEqualTo(expected.get("code").asText());
    assertThat(score.support()).isEqualTo(expected.get("support").asLong());
    Reference.assertFigure("precision", score.precision(), expected.get("precision"));
    Reference.assertFigure("recall", score.recall(), expected.get("recall"));
    Reference.assertFigure("f1", OptionalDouble.of(score.f1()), expected.get("f1"));
  }

  @Test
  void ordersCodesAsPeopleDo() {
    CategoryMetrics metrics =
        CategoryMetrics.of(
            Stream.of("S10", "S2", "S11", "S1")
                .map(code -> new CategorizedCase(Optional.of(code), Optional.empty()))
                .toList());

    assertThat(metrics.categories())
        .extracting(CategoryMetrics.Score::code)
        .containsExactly("S1", "S2", "S10", "S11");
  }

  @Test
  void leavesOutWhatIsUndefined() {
    OptionalDouble none = OptionalDouble.empty();

    assertThat(CategoryMetrics.of(List.of()))
        .isEqualTo(new CategoryMetrics(0, 0, none, none, none, List.of(), List.of()));
  }

  private static Optional<String> code(JsonNode codes, int row) {
    return Optional.of(codes.get(row)).filter(code -> !code.isNull()).map(JsonNode::asText);
  }
}
