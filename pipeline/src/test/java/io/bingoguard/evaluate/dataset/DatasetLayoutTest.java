package io.bingoguard.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetLayoutTest {
  /** The columns as the sets were published. */
  @ParameterizedTest
  @CsvSource({
    "openai-moderation, prompt S H V HR SH S3 H2 V2",
    "xstest, id prompt type label focus note",
    "xstest, id type prompt completion annotation_1 annotation_2 agreement final_label",
    "xstest-response, prompt response label prompt_type prompt_label",
    "aegis, text num_annotations id text_type labels_0 labels_1 labels_2 labels_3 labels_4",
    "toxicchat, conv_id user_input model_output human_annotation toxicity jailbreaking",
    "wildguardtest, prompt adversarial response prompt_harm_label response_harm_label subcategory",
    "beavertails, prompt response category is_safe",
    "saferlhf, prompt response_0 response_1 is_response_0_safe is_response_1_safe"
        + " safer_response_id",
    "harmbench, model experiment test_case generation human_0 human_1 human_2",
    "harmbench-behaviors, Behavior FunctionalCategory SemanticCategory Tags ContextString"
        + " BehaviorID",
    "advbench, Behavior Category Tags ContextString BehaviorID",
    "simple-safety-tests, id harm_area counter category prompts_final",
    "bingoguardtest, prompt response category level",
    "gold, prompt prompt_harmful",
    "gold, prompt response category severity",
  })
  void isToldByTheColumnsOfPublishedSets(String key, String columns) {
    assertThat(DatasetLayout.told(List.of(columns.split(" "))))
        .containsExactly(DatasetLayout.named(key).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "prompt",
    "prompt response",
    "prompt response category",
    "prompt type prompt_harmful",
    "prompt response is_safe response_harmful",
    "text label",
  })
  void isNotToldByColumnsOfNoLayoutOrOfSeveral(String columns) {
    assertThat(DatasetLayout.told(List.of(columns.split(" ")))).size().isNotEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(DatasetLayout.class)
  void hasItsOwnName(DatasetLayout layout) {
    assertThat(DatasetLayout.named(layout.key())).contains(layout);
    assertThat(layout.missing(List.of())).isNotEmpty();
  }

  @Test
  void hasNoOtherNames() {
    assertThat(DatasetLayout.named("XSTEST")).isEmpty();
    assertThat(Arrays.stream(DatasetLayout.values()).map(DatasetLayout::key))
        .doesNotHaveDuplicates();
  }
}
