package io.bingoguard.curate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.curate.CurationRules.Doubt;
import io.bingoguard.curate.CurationRules.Side;
import io.bingoguard.curate.CurationRules.Unit;
import io.bingoguard.testing.SharedSpark;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final CurationRules USUAL =
      new CurationRules(
          Side.BOTH,
          Unit.EXCHANGE,
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Map.of(),
          Doubt.REMOVE,
          Doubt.FAIL);

  private final Dataset<Row> labels =
      SharedSpark.session()
          .sql(
              """
              SELECT * FROM VALUES
                ('fine', 'ok', false, 0.1D, null, false, 0.1D, null, 0),
                ('prompt alone', 'ok', false, 0.1D, null, null, null, null, null),
                ('mild', 'ok', false, 0.1D, null, true, 0.6D, 'S5', 1),
                ('strong', 'truncated', false, 0.1D, null, true, 0.95D, 'S1', 3),
                ('prompt', 'ok', true, 0.8D, 'S1', false, 0.1D, null, 0),
                ('prompt lost', 'off_format', null, null, null, false, 0.1D, null, 0),
                ('severity lost', 'off_format', false, 0.1D, null, true, 0.9D, 'S1', null),
                ('failed', 'error', null, null, null, null, null, null, null),
                ('unlabelled', null, null, null, null, null, null, null, null)
              AS l(name, label_status, prompt_harmful, prompt_probability, prompt_category,
                response_harmful, response_probability, response_category, severity)
              """);

  @Test
  void removesWhatIsHarmfulAndWhatIsNotKnown() {
    assertThat(removed(USUAL))
        .isEqualTo(
            Map.of(
                "mild", "[response_harmful]",
                "strong", "[response_harmful]",
                "prompt", "[prompt_harmful]",
                "prompt lost", "[unknown]",
                "severity lost", "[response_harmful]",
                "failed", "[unknown]",
                "unlabelled", "[unlabelled]"));
  }

  @Test
  void asksOneSideAlone() {
    assertThat(removed(with(Side.PROMPT, Doubt.REMOVE)))
        .containsOnlyKeys("prompt", "prompt lost", "failed", "unlabelled");
    assertThat(removed(with(Side.RESPONSE, Doubt.REMOVE)))
        .containsOnlyKeys("mild", "strong", "severity lost", "failed", "unlabelled");
  }

  @Test
  void keepsDoubtsWhereThatIsAsked() {
    assertThat(removed(with(Side.BOTH, Doubt.KEEP)))
        .containsOnlyKeys("mild", "strong", "prompt", "severity lost");
  }

  @Test
  void comparesProbabilitiesWithAThreshold() {
    assertThat(removed(USUAL.atThreshold(0.85)))
        .containsOnlyKeys("strong", "severity lost", "prompt lost", "failed", "unlabelled");
    assertThat(removed(USUAL.atThreshold(0.1))).hasSize(9);
  }

  @Test
  void keepsHarmfulRepliesUpToTheSeverityOfTheirCategory() {
    assertThat(removed(USUAL.upToSeverity(1)))
        .isEqualTo(
            Map.of(
                "strong", "[response_severity]",
                "prompt", "[prompt_harmful]",
                "prompt lost", "[unknown]",
                "severity lost", "[unknown]",
                "failed", "[unknown]",
                "unlabelled", "[unlabelled]"));
    assertThat(removed(USUAL.upToSeverity(4)))
        .containsOnlyKeys("prompt lost", "failed", "unlabelled");
    assertThat(removed(limited(Map.of("S1", 3))))
        .containsOnlyKeys("mild", "prompt", "prompt lost", "severity lost", "failed", "unlabelled");
    assertThat(removed(limited(Map.of("S1", 4))))
        .containsOnlyKeys("mild", "prompt lost", "failed", "unlabelled");
  }

  private static CurationRules with(Side side, Doubt doubt) {
    return new CurationRules(
        side, Unit.EXCHANGE, OptionalDouble.empty(), OptionalInt.empty(), Map.of(), doubt, doubt);
  }

  private static CurationRules limited(Map<String, Integer> limits) {
    return new CurationRules(
        Side.BOTH,
        Unit.EXCHANGE,
        OptionalDouble.empty(),
        OptionalInt.empty(),
        limits,
        Doubt.REMOVE,
        Doubt.FAIL);
  }

  /** The reasons of what is removed, by name. */
  private Map<String, String> removed(CurationRules rules) {
    Map<String, String> reasons = new TreeMap<>();
    labels
        .select(labels.col("name"), new Reasons(rules).column().cast("string").as("reasons"))
        .where("reasons <> '[]'")
        .collectAsList()
        .forEach(row -> reasons.put(row.getString(0), row.getString(1)));
    return reasons;
  }
}
