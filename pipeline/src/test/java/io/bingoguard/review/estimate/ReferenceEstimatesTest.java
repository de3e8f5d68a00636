package io.bingoguard.review.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The estimates agree with those of statsmodels, numpy and ppi_py, as scripts/reference has them.
 */
class ReferenceEstimatesTest {
  private static final double ROUNDING = 1e-12;

  static Stream<Named<JsonNode>> cases() throws IOException {
    try (InputStream in =
        ReferenceEstimatesTest.class.getResourceAsStream("/reviews/reference.json")) {
      List<Named<JsonNode>> cases = new ArrayList<>();
      new JsonMapper()
          .readTree(in)
          .get("cases")
          .forEach(one -> cases.add(Named.of(one.get("name").asText(), one)));
      return cases.stream();
    }
  }

  private static List<StratumReviews> strata(JsonNode one) {
    List<StratumReviews> strata = new ArrayList<>();
    for (JsonNode stratum : one.get("strata")) {
      List<StratumReviews.Reviewed> reviewed = new ArrayList<>();
      stratum
          .get("reviewed")
          .forEach(
              pair ->
                  reviewed.add(
                      new StratumReviews.Reviewed(pair.get(0).asDouble(), pair.get(1).asDouble())));
      strata.add(
          new StratumReviews(
              stratum.get("messages").asLong(),
              stratum.get("mean").asDouble(),
              stratum.get("variance").asDouble(),
              reviewed));
    }
    return strata;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theStratifiedShareIsThatOfTheReference(JsonNode one) {
    agree(StratifiedShare.of(strata(one)), one.get("stratified"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePredictionPoweredShareIsThatOfTheReference(JsonNode one) {
    JsonNode expected = one.get("prediction_powered");

    assertThat(PredictionPoweredShare.lambda(strata(one)))
        .isCloseTo(expected.get("lambda").asDouble(), within(ROUNDING));
    agree(PredictionPoweredShare.of(strata(one)), expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withManyReviewsOfOneStratumTheIntervalIsThatOfPpi(JsonNode one) {
    if (!one.has("ppi")) {
      return;
    }
    Estimate estimate = PredictionPoweredShare.of(strata(one));
    double width = one.at("/ppi/high").asDouble() - one.at("/ppi/low").asDouble();

    assertThat(estimate.low()).isCloseTo(one.at("/ppi/low").asDouble(), within(0.02 * width));
    assertThat(estimate.high()).isCloseTo(one.at("/ppi/high").asDouble(), within(0.02 * width));
  }

  private static void agree(Estimate estimate, JsonNode expected) {
    assertThat(estimate.value()).isCloseTo(expected.get("value").asDouble(), within(ROUNDING));
    assertThat(estimate.low()).isCloseTo(expected.get("low").asDouble(), within(ROUNDING));
    assertThat(estimate.high()).isCloseTo(expected.get("high").asDouble(), within(ROUNDING));
  }
}
