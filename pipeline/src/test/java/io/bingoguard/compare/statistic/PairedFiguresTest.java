package io.bingoguard.compare.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against SciPy and statsmodels; scripts/reference/make_paired_fixtures.py wrote what they say. */
class PairedFiguresTest {
  private static final Offset<Double> ROUNDING = within(1e-9);

  @ParameterizedTest
  @MethodSource("shares")
  void intervalsAndTailsOfSharesAreThoseOfTheReference(JsonNode expected) {
    Share share = new Share(expected.get("count").asLong(), expected.get("out_of").asLong());

    assertThat(share.interval().low()).isCloseTo(expected.get("low").asDouble(), ROUNDING);
    assertThat(share.interval().high()).isCloseTo(expected.get("high").asDouble(), ROUNDING);
    assertThat(share.atLeast(0.01))
        .isCloseTo(expected.get("tail_at_one_percent").asDouble(), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void testsAndIntervalsOfPairsAreThoseOfTheReference(JsonNode expected) {
    int gained = expected.get("gained").asInt();
    int lost = expected.get("lost").asInt();
    PairedTable table =
        new PairedTable(
            expected.get("both").asLong(), gained, lost, expected.get("neither").asLong());

    assertThat(McNemar.exact(gained, lost)).isCloseTo(expected.get("exact").asDouble(), ROUNDING);
    if (gained != lost) {
      assertThat(McNemar.corrected(gained, lost))
          .isCloseTo(expected.get("corrected").asDouble(), ROUNDING);
    }
    assertThat(table.interval().low()).isCloseTo(expected.get("low").asDouble(), ROUNDING);
    assertThat(table.interval().high()).isCloseTo(expected.get("high").asDouble(), ROUNDING);
  }

  static List<JsonNode> shares() throws IOException {
    return listed("shares");
  }

  static List<JsonNode> tables() throws IOException {
    return listed("tables");
  }

  private static List<JsonNode> listed(String name) throws IOException {
    try (InputStream in = PairedFiguresTest.class.getResourceAsStream("/paired/reference.json")) {
      List<JsonNode> nodes = new ArrayList<>();
      new JsonMapper().readTree(in).get(name).forEach(nodes::add);
      return nodes;
    }
  }
}
