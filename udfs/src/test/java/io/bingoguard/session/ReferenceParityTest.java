package io.bingoguard.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.Device;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares with what Hugging Face transformers computes in fp32; the fixtures are made by
 * scripts/reference/make_fixtures.py.
 */
class ReferenceParityTest {
  private static final double TOLERANCE = 1e-4;

  /** A sequence with what the reference says after some of its tokens. */
  private record Case(int[] ids, int sharedPrefix, int[] positions, JsonNode expected) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grouped-query-fp32",
        "multi-head-fp16",
        "multi-query-sharded-fp32",
        "llama31-bf16",
        "llama32-tied-sharded-bf16",
        "new-spelling-tied-fp32",
        "wide-heads-fp32"
      })
  void givesTheLogitsOfTheReferenceForEveryWayOfPacking(String checkpoint) throws Exception {
    Path directory = resource("/reference/" + checkpoint);
    JsonNode fixture = new ObjectMapper().readTree(directory.resolve("expected.json").toFile());
    int[] tokenIds = integers(fixture.path("token_ids"));
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : fixture.path("cases")) {
      cases.add(
          new Case(
              integers(node.path("ids")),
              node.path("shared_prefix").intValue(),
              integers(node.path("positions")),
              node.path("expected")));
    }

    SessionSettings settings = new SessionSettings(Device.CPU, Precision.FP32, 1, 1024);
    try (GuardSession session = GuardSession.open(Checkpoint.open(directory), settings);
        KeyValues nothing = session.noPrefix()) {
      for (Case one : cases) {
        score(session, nothing, List.of(one), tokenIds, one.ids().length);
      }
      score(session, nothing, cases, tokenIds, 1024);

      List<Case> sharing = cases.stream().filter(c -> c.sharedPrefix() > 0).toList();
      assertThat(sharing).hasSizeGreaterThan(2);
      Case first = sharing.get(0);
      int[] prefix = Arrays.copyOf(first.ids(), first.sharedPrefix());
      try (KeyValues shared = session.extend(nothing, prefix)) {
        score(session, shared, sharing, tokenIds, 777);
      }
    }
  }

  private static void score(
      GuardSession session, KeyValues past, List<Case> cases, int[] tokenIds, int paddedTokens)
      throws Exception {
    Pass pass =
        new Pass(
            cases.stream()
                .map(c -> Arrays.copyOfRange(c.ids(), past.length(), c.ids().length))
                .toList(),
            past.length(),
            cases.stream()
                .map(c -> Arrays.stream(c.positions()).map(p -> p - past.length()).toArray())
                .toList(),
            paddedTokens);
    ChoiceLogits logits = session.score(pass, past, tokenIds);
    int row = 0;
    for (Case one : cases) {
      for (JsonNode expected : one.expected()) {
        assertThat(logits.argMax()[row]).isEqualTo(expected.path("argmax").intValue());
        double logSumExp = logits.logSumExp()[row];
        assertThat(logSumExp)
            .isCloseTo(expected.path("logsumexp").doubleValue(), within(TOLERANCE));
        for (int i = 0; i < tokenIds.length; i++) {
          assertThat(logits.logProbs()[row][i] + logSumExp)
              .isCloseTo(expected.path("logits").get(i).doubleValue(), within(TOLERANCE));
        }
        row++;
      }
    }
    assertThat(logits.argMax()).hasSize(row);
  }

  private static int[] integers(JsonNode array) {
    int[] values = new int[array.size()];
    Arrays.setAll(values, i -> array.get(i).intValue());
    return values;
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(ReferenceParityTest.class.getResource(name).toURI());
  }
}
