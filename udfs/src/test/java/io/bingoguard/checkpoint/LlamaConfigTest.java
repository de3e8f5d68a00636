package io.bingoguard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaConfigTest {
  /** What every config.json must have. */
  private static final String LEAST =
      """
      {"model_type": "llama", "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2,
       "num_attention_heads": 4, "vocab_size": 320}
      """;

  private static final String LLAMA3_SCALING =
      """
      "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
      "original_max_position_embeddings": 8192, "rope_type": "llama3"
      """;

  @TempDir private Path folder;

  @Test
  void missingFieldsTakeTheValuesOfTransformers() throws IOException {
    assertThat(read(LEAST))
        .isEqualTo(
            new LlamaConfig(
                64, 96, 2, 4, 4, 16, 320, 2048, 1e-6, false, new RopeConfig.Default(10_000)));
  }

  @Test
  void readsLlama31AsItIsPublished() throws IOException {
    LlamaConfig config =
        read(
            """
            {"architectures": ["LlamaForCausalLM"], "attention_bias": false, "bos_token_id": 128000,
             "eos_token_id": [128001, 128008, 128009], "hidden_act": "silu", "hidden_size": 4096,
             "intermediate_size": 14336, "max_position_embeddings": 131072, "mlp_bias": false,
             "model_type": "llama", "num_attention_heads": 32, "num_hidden_layers": 32,
             "num_key_value_heads": 8, "pretraining_tp": 1, "rms_norm_eps": 1e-05,
             "rope_scaling": {%s}, "rope_theta": 500000.0, "tie_word_embeddings": false,
             "torch_dtype": "bfloat16", "vocab_size": 128256}
            """
                .formatted(LLAMA3_SCALING));

    assertThat(config)
        .isEqualTo(
            new LlamaConfig(
                4096,
                14336,
                32,
                32,
                8,
                128,
                128256,
                131072,
                1e-5,
                false,
                new RopeConfig.Llama3(500_000, 8, 1, 4, 8192)));
    assertThat(config.queryWidth()).isEqualTo(4096);
    assertThat(config.keyValueWidth()).isEqualTo(1024);
  }

  @Test
  void readsEverySpellingOfTheRotaryEmbedding() throws IOException {
    RopeConfig llama3 = new RopeConfig.Llama3(500_000, 8, 1, 4, 8192);

    assertThat(rope("'rope_theta': 500000, 'rope_scaling': {%s}")).isEqualTo(llama3);
    assertThat(rope("'rope_parameters': {'rope_theta': 500000.0, %s}")).isEqualTo(llama3);
    assertThat(rope("'rope_theta': 500000, 'rope_parameters': {%s}")).isEqualTo(llama3);
    assertThat(rope("'rope_theta': 20000, 'rope_scaling': null"))
        .isEqualTo(new RopeConfig.Default(20_000));
    assertThat(rope("'rope_theta': 20000, 'rope_scaling': {'type': 'default'}"))
        .isEqualTo(new RopeConfig.Default(20_000));
    assertThat(rope("'rope_parameters': {'rope_theta': 30000.0, 'rope_type': 'default'}"))
        .isEqualTo(new RopeConfig.Default(30_000));
    assertThat(
            rope(
                "'max_position_embeddings': 4096, 'rope_scaling':"
                    + " {'type': 'llama3', 'factor': 2, 'low_freq_factor': 1, 'high_freq_factor': 4}"))
        .isEqualTo(new RopeConfig.Llama3(10_000, 2, 1, 4, 4096));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "architectures": ["MistralForCausalLM"]                     | MODEL_UNSUPPORTED    | architectures
          "model_type": "mistral"                                     | MODEL_UNSUPPORTED    | model_type
          "model_type": null                                          | MODEL_UNSUPPORTED    | model_type
          "hidden_act": "gelu"                                        | MODEL_UNSUPPORTED    | hidden_act
          "attention_bias": true                                      | MODEL_UNSUPPORTED    | attention_bias
          "mlp_bias": true                                            | MODEL_UNSUPPORTED    | mlp_bias
          "quantization_config": {"bits": 4}                          | MODEL_UNSUPPORTED    | quantization_config
          "partial_rotary_factor": 0.5                                | MODEL_UNSUPPORTED    | partial_rotary_factor
          "rope_parameters": {"partial_rotary_factor": 0.5}           | MODEL_UNSUPPORTED    | rope_parameters.partial_rotary_factor
          "logits_scaling": 8.0 | MODEL_UNSUPPORTED | logits_scaling
          "residual_multiplier": 0.22 | MODEL_UNSUPPORTED | residual_multiplier
          "embedding_multiplier": 12 | MODEL_UNSUPPORTED | embedding_multiplier
          "logit_scale": 0.0625 | MODEL_UNSUPPORTED | logit_scale
          "attention_multiplier": 0.0156 | MODEL_UNSUPPORTED | attention_multiplier
          "attn_logit_softcapping": 50.0 | MODEL_UNSUPPORTED | attn_logit_softcapping
          "final_logit_softcapping": 30.0 | MODEL_UNSUPPORTED | final_logit_softcapping
          "sliding_window": 1024 | MODEL_UNSUPPORTED | sliding_window
          "layer_types": ["full_attention", "sliding_attention"] | MODEL_UNSUPPORTED | layer_types
          "num_local_experts": 8 | MODEL_UNSUPPORTED | num_local_experts
          "auto_map": {"AutoModelForCausalLM": "m.M"} | MODEL_UNSUPPORTED | auto_map
          "use_qk_norm": true | MODEL_UNSUPPORTED | use_qk_norm
          "rope_scaling": {"type": "default"}, "rope_parameters": {"rope_type": "default", "rope_theta": 5.0} | MODEL_CONFIG_INVALID | rope_scaling
          "rope_scaling": {"type": "linear", "factor": 2.0}           | MODEL_UNSUPPORTED    | rope_scaling.type
          "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}     | MODEL_UNSUPPORTED    | rope_scaling.rope_type
          "rope_scaling": {"rope_type": "yarn", "factor": 2.0}        | MODEL_UNSUPPORTED    | rope_scaling.rope_type
          "rope_parameters": {"rope_type": "longrope"}                | MODEL_UNSUPPORTED    | rope_parameters.rope_type
          "rope_parameters": {"full": {"rope_type": "default"}}       | MODEL_UNSUPPORTED    | rope_parameters.type
          "rope_scaling": {"rope_type": "llama3", "factor": 8}        | MODEL_CONFIG_INVALID | rope_scaling.low_freq_factor
          "rope_scaling": {"rope_type": 3}                            | MODEL_CONFIG_INVALID | rope_scaling.rope_type
          "rope_scaling": [2]                                         | MODEL_CONFIG_INVALID | rope_scaling
          "rope_theta": 0                                             | MODEL_CONFIG_INVALID | rope_theta
          "rope_theta": 1e999                                         | MODEL_CONFIG_INVALID | rope_theta
          "rms_norm_eps": -1e-5                                       | MODEL_CONFIG_INVALID | rms_norm_eps
          "hidden_size": null                                         | MODEL_CONFIG_INVALID | hidden_size
          "hidden_size": 66                                           | MODEL_CONFIG_INVALID | hidden_size
          "hidden_size": 60                                           | MODEL_CONFIG_INVALID | head_dim
          "hidden_size": 1073741824                                   | MODEL_CONFIG_INVALID | hidden_size
          "hidden_size": 64.5                                         | MODEL_CONFIG_INVALID | hidden_size
          "vocab_size": 99999999999999999999                          | MODEL_CONFIG_INVALID | vocab_size
          "vocab_size": "320"                                         | MODEL_CONFIG_INVALID | vocab_size
          "num_hidden_layers": 0                                      | MODEL_CONFIG_INVALID | num_hidden_layers
          "num_hidden_layers": 2147483647                             | MODEL_CONFIG_INVALID | num_hidden_layers
          "num_key_value_heads": 3                                    | MODEL_CONFIG_INVALID | num_key_value_heads
          "head_dim": 15                                              | MODEL_CONFIG_INVALID | head_dim
          "head_dim": -2                                              | MODEL_CONFIG_INVALID | head_dim
          "tie_word_embeddings": "yes"                                | MODEL_CONFIG_INVALID | tie_word_embeddings
          """)
  void refusesWhatItCannotRun(String change, ErrorCode code, String field) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode config = (ObjectNode) mapper.readTree(LEAST);
    config.setAll((ObjectNode) mapper.readTree("{" + change + "}"));
    // Jackson would write infinity for a number too large; the file must hold the number itself.
    String text = config.toString().replace("\"Infinity\"", "1e999");

    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(GuardException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("config.json")
        .hasMessageContaining("field " + field + " is");
  }

  @Test
  void fieldsOfRelativesThatChangeNothingAreTaken() throws IOException {
    String neutral =
        """
        , "sliding_window": 4096, "logits_scaling": 1.0, "attn_logit_softcapping": null,
          "attention_chunk_size": 0, "layer_types": ["full_attention", "full_attention"],
          "use_qk_norm": false, "auto_map": {},
          "rope_scaling": {"type": "default"}, "rope_parameters": {"rope_type": "default"}}
        """;

    assertThat(read(LEAST.strip().replaceFirst("}$", neutral))).isEqualTo(read(LEAST));
    String unused = ", \"sliding_window\": 16, \"use_sliding_window\": false}";
    assertThat(read(LEAST.strip().replaceFirst("}$", unused))).isEqualTo(read(LEAST));
  }

  @Test
  void refusesFilesThatAreNoConfig() throws IOException {
    Map<String, ErrorCode> codes =
        Map.of(
            "",
            ErrorCode.MODEL_JSON_INVALID,
            "[]",
            ErrorCode.MODEL_JSON_INVALID,
            "{\"a\": 1, \"a\": 2}",
            ErrorCode.MODEL_JSON_INVALID,
            LEAST + "x",
            ErrorCode.MODEL_JSON_INVALID,
            "[".repeat(100_000),
            ErrorCode.MODEL_JSON_INVALID,
            " ".repeat(1_000_001),
            ErrorCode.MODEL_JSON_INVALID);
    codes.forEach(
        (text, code) ->
            assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                    GuardException.class, e -> assertThat(e.code()).isEqualTo(code)));
    assertThatThrownBy(() -> LlamaConfig.read(folder.resolve("absent.json")))
        .hasMessageContaining("absent.json");
  }

  private RopeConfig rope(String fields) throws IOException {
    String text = fields.replace('\'', '"').replace("%s", LLAMA3_SCALING);
    return read(LEAST.replace("\"model_type\": \"llama\"", "\"model_type\": \"llama\", " + text))
        .rope();
  }

  private LlamaConfig read(String json) throws IOException {
    return LlamaConfig.read(Files.writeString(folder.resolve("config.json"), json));
  }
}
