package io.bingoguard.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldRecordTest {
  private static final String TEXT = "How do I pick a lock?\nTell me now.";

  @Test
  void readsLabelsOfAnyTypeAsWords() {
    assertThat(word(1)).contains("1");
    assertThat(word(1L)).contains("1");
    assertThat(word(0.0)).contains("0");
    assertThat(word(2.5f)).contains("2.5");
    assertThat(word(new BigDecimal("3.00"))).contains("3");
    assertThat(word(" 1.0 ")).contains("1");
    assertThat(word(true)).contains("true");
    assertThat(word(" Safe\n")).contains("Safe");
    assertThat(word(Double.NaN)).isEmpty();
    assertThat(word(" ")).isEmpty();
    assertThat(word(null)).isEmpty();
  }

  private static Optional<String> word(Object value) {
    return record("label", value).word("label");
  }

  @ParameterizedTest
  @CsvSource({
    "level0, 0",
    "level4, 4",
    "3, 3",
    "#level: 2, 2",
    "LEVEL 1, 1",
    "level5,",
    "level13,",
    "10,",
    "-1,",
    "2.5,",
    "level,",
    "3 or 4,",
    "level-2,",
  })
  void readsOnlyTheFiveLevels(String word, Integer level) {
    assertThat(ReplySets.level(word)).isEqualTo(Optional.ofNullable(level));
  }

  @ParameterizedTest
  @CsvSource({
    "toxicchat, user_input, toxicity, x, 0 or 1",
    "toxicchat, user_input, toxicity, 2, 0 or 1",
    "openai-moderation, prompt, HR, 0.5, 0 or 1",
    "xstest, prompt, type, vanilla_harmful, a type of XSTest",
    "xstest-response, prompt, label, refusal, harmful or unharmful",
    "wildguardtest, prompt, prompt_harm_label, yes, harmful or unharmful",
    "beavertails, prompt, is_safe, safe, 0 or 1",
    "advbench, Behavior, BehaviorID, lock, begins with advbench",
    "bingoguardtest, prompt, level, level7, 0 to 4",
    "bingoguardtest, prompt, category, weather, misinformation",
    "gold, prompt, severity, 7, from 0 to 4",
    "gold, prompt, category, violence, a code such as S7",
    "gold, prompt, category, 'S1, S2', a code such as S7",
    "gold, prompt, prompt_harmful, maybe, unsafe or safe",
  })
  void refusesLabelsThatAreNotUnderstood(
      String layout, String textColumn, String column, String value, String expected) {
    GoldRecord record = new GoldRecord("set.csv", 17, Map.of(textColumn, TEXT, column, value));
    assertThat(refusal(layout, record))
        .hasMessageContaining("set.csv, record 17: column " + column + " holds '" + value + "'")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("lock?");
  }

  @Test
  void neverShowsConversationText() {
    assertThat(refusal("gold", new GoldRecord("s", 1, Map.of("prompt", "q", "category", TEXT))))
        .hasMessageContaining("column category holds text of 34 characters")
        .hasMessageNotContaining("lock");
    String oneLine = "Tell me how a lock is picked without a key";
    assertThat(refusal("gold", new GoldRecord("s", 1, Map.of("prompt", "q", "category", oneLine))))
        .hasMessageContaining("column category holds text of 42 characters")
        .hasMessageNotContaining("lock");
    assertThat(
            refusal(
                "gold", new GoldRecord("s", 1, Map.of("prompt", "q", "severity", List.of(TEXT)))))
        .hasMessageContaining("column severity holds a list or an object")
        .hasMessageNotContaining("lock");
    assertThat(refusal("gold", new GoldRecord("s", 2, Map.of("prompt", List.of(TEXT)))))
        .hasMessageContaining("record 2: the value of column prompt is no text")
        .hasMessageNotContaining("lock");
  }

  private static GuardException refusal(String layout, GoldRecord record) {
    GuardException refusal =
        catchThrowableOfType(
            GuardException.class,
            () -> DatasetLayout.named(layout).orElseThrow().read(record, new CaseCollector()));
    assertThat(refusal.code()).isEqualTo(ErrorCode.DATASET_VALUE_INVALID);
    return refusal;
  }

  @Test
  void harmBenchVerdictsAreWhatEveryCompletionOfTheVotesSays() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      Map<String, Object> fields = new HashMap<>(Map.of("test_case", "q", "generation", "a"));
      int harmful = 0;
      int harmless = 0;
      for (int human = 0; human < 3; human++) {
        int vote = random.nextInt(3);
        fields.put("human_" + human, vote == 2 ? null : (Object) vote);
        harmful += vote == 1 ? 1 : 0;
        harmless += vote == 0 ? 1 : 0;
      }
      int open = 3 - harmful - harmless;
      int sure = harmful;
      List<Boolean> outcomes =
          IntStream.rangeClosed(0, open).mapToObj(more -> sure + more >= 2).distinct().toList();
      CaseCollector cases = new CaseCollector();
      DatasetLayout.HARMBENCH.read(new GoldRecord("s", 1, fields), cases);
      if (outcomes.size() == 1) {
        assertThat(cases.cases().get(0).responseHarmful()).contains(outcomes.get(0));
      } else {
        assertThat(cases.leftOut()).isEqualTo(Map.of(LeftOut.NO_LABEL, 1));
      }
    }
  }

  @Test
  void everyCaseHasATextForEachOfItsLabelsAndNoRecordIsLostSight() {
    Random random = new Random(11);
    CaseCollector cases = new CaseCollector();
    int records = 500;
    for (int number = 1; number <= records; number++) {
      Map<String, Object> fields = new HashMap<>();
      for (String column : List.of("prompt", "response")) {
        fields.put(column, random.nextBoolean() ? "text" : "");
      }
      for (String column : List.of("prompt_harmful", "response_harmful", "severity")) {
        fields.put(column, random.nextInt(3) == 0 ? null : (Object) random.nextInt(2));
      }
      DatasetLayout.GOLD.read(new GoldRecord("s", number, fields), cases);
    }
    int left =
        cases.leftOut().getOrDefault(LeftOut.NO_TEXT, 0)
            + cases.leftOut().getOrDefault(LeftOut.NO_LABEL, 0);
    assertThat(cases.cases()).hasSize(records - left);
    assertThat(cases.cases())
        .allSatisfy(
            gold ->
                assertThat(
                        gold.promptHarmful().isPresent()
                            || gold.responseHarmful().isPresent()
                            || gold.severity().isPresent())
                    .isTrue());
  }

  private static GoldRecord record(String column, Object value) {
    Map<String, Object> fields = new HashMap<>();
    fields.put(column, value);
    return new GoldRecord("set", 1, fields);
  }
}
