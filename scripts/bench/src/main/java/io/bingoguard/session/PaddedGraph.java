package io.bingoguard.session;

import static io.bingoguard.session.OnnxGraphBuilder.MICROSOFT;
import static io.bingoguard.session.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.checkpoint.LlamaTensors;
import io.bingoguard.checkpoint.TensorLocation;
import java.util.List;

/**
 * A Llama as it is usually exported: a left-padded batch, an attention mask, a past for each
 * request, the next token as the answer. It is what benchmarks compare with; {@link LlamaGraph} is
 * what the engine runs. Both use the same operators and the same weights. fp32 checkpoints only.
 *
 * <p>B requests by L new tokens after P old ones; S is L + P.
 */
final class PaddedGraph {
  /** int64 [B, L]. */
  static final String TOKEN_IDS = "token_ids";

  /** int64 [B, L]: position of each token in its request, padding not counted. */
  static final String POSITIONS = "positions";

  /** bool [B, 1, L, S]: which tokens each new token sees. */
  static final String MASK = "mask";

  /** int64 [B, 1]: the most likely token after the last one. */
  static final String NEXT_TOKEN = "next_token";

  private final LlamaConfig config;
  private final LlamaTensors tensors;
  private final OnnxGraphBuilder onnx = new OnnxGraphBuilder();

  private PaddedGraph(Checkpoint checkpoint) {
    this.config = checkpoint.config();
    this.tensors = checkpoint.tensors();
  }

  static byte[] build(Checkpoint checkpoint, int rotaryRows) {
    return new PaddedGraph(checkpoint).build(rotaryRows);
  }

  /** float [B, kv heads, P, head size]. */
  static String pastKey(int layer) {
    return "past_key_" + layer;
  }

  static String pastValue(int layer) {
    return "past_value_" + layer;
  }

  /** float [B, kv heads, S, head size]. */
  static String presentKey(int layer) {
    return "present_key_" + layer;
  }

  static String presentValue(int layer) {
    return "present_value_" + layer;
  }

  private byte[] build(int rotaryRows) {
    onnx.input(TOKEN_IDS, DataType.INT64, "B", "L");
    onnx.input(POSITIONS, DataType.INT64, "B", "L");
    onnx.input(MASK, DataType.BOOL, "B", 1, "L", "S");
    rotaryTables(rotaryRows);
    onnx.constant("flat_shape", -1, config.hiddenSize());
    onnx.constant("flat_query_shape", -1, config.queryWidth());
    onnx.constant("width", -1);
    onnx.node("", "Shape", "batch_shape", List.of(TOKEN_IDS));
    onnx.node("", "Concat", "batched_shape", List.of("batch_shape", "width"), attribute("axis", 0));

    String embedding = onnx.external("embedding", tensors.embedding());
    onnx.node("", "Gather", "embedded", List.of(embedding, TOKEN_IDS));
    String hidden = onnx.node("", "Reshape", "hidden_0", List.of("embedded", "flat_shape"));
    String normed = norm("normed_first", hidden, tensors.layers().get(0).inputNorm());
    for (int i = 0; i < config.layers(); i++) {
      LlamaTensors.Layer layer = tensors.layers().get(i);
      String middle = "hidden_middle_" + i;
      normed =
          skipNorm(
              "mlp_" + i, attention(i, layer, normed), hidden, layer.postAttentionNorm(), middle);
      String transformed = feedForward(i, layer, normed);
      hidden = "hidden_" + (i + 1);
      TensorLocation next =
          i + 1 < config.layers() ? tensors.layers().get(i + 1).inputNorm() : tensors.norm();
      normed = skipNorm("attention_" + (i + 1), transformed, middle, next, hidden);
    }
    nextToken(normed, embedding);
    return onnx.build();
  }

  private void rotaryTables(int rows) {
    double[] frequencies = config.rope().inverseFrequencies(config.headDim());
    float[] cos = new float[rows * frequencies.length];
    float[] sin = new float[cos.length];
    for (int position = 0; position < rows; position++) {
      for (int i = 0; i < frequencies.length; i++) {
        float angle = position * (float) frequencies[i];
        cos[position * frequencies.length + i] = (float) Math.cos(angle);
        sin[position * frequencies.length + i] = (float) Math.sin(angle);
      }
    }
    onnx.constant("cos_table", cos, rows, frequencies.length);
    onnx.constant("sin_table", sin, rows, frequencies.length);
  }

  private String attention(int index, LlamaTensors.Layer layer, String input) {
    String query = rotate(batched("query_" + index, input, layer.query()), config.heads());
    String key = rotate(batched("key_" + index, input, layer.key()), config.kvHeads());
    String value = batched("value_" + index, input, layer.value());
    onnx.input(pastKey(index), DataType.FLOAT, "B", config.kvHeads(), "P", config.headDim());
    onnx.input(pastValue(index), DataType.FLOAT, "B", config.kvHeads(), "P", config.headDim());
    onnx.output(presentKey(index), DataType.FLOAT, "B", config.kvHeads(), "S", config.headDim());
    onnx.output(presentValue(index), DataType.FLOAT, "B", config.kvHeads(), "S", config.headDim());
    String attended = "attended_" + index;
    onnx.node(
        "",
        "Attention",
        List.of(attended, presentKey(index), presentValue(index)),
        List.of(query, key, value, MASK, pastKey(index), pastValue(index)),
        attribute("q_num_heads", config.heads()),
        attribute("kv_num_heads", config.kvHeads()));
    String flat =
        onnx.node("", "Reshape", attended + "_flat", List.of(attended, "flat_query_shape"));
    return project("attention_out_" + index, flat, layer.attentionOutput());
  }

  private String batched(String name, String input, TensorLocation weight) {
    String flat = project(name, input, weight);
    return onnx.node("", "Reshape", name + "_batched", List.of(flat, "batched_shape"));
  }

  private String rotate(String value, int heads) {
    return onnx.node(
        MICROSOFT,
        "RotaryEmbedding",
        value + "_rotated",
        List.of(value, POSITIONS, "cos_table", "sin_table"),
        attribute("interleaved", 0),
        attribute("num_heads", heads));
  }

  private String feedForward(int index, LlamaTensors.Layer layer, String input) {
    String gate = project("gate_" + index, input, layer.gate());
    String up = project("up_" + index, input, layer.up());
    String activated =
        onnx.node(MICROSOFT, "QuickGelu", "silu_" + index, List.of(gate), attribute("alpha", 1.0));
    String product = onnx.node("", "Mul", "gated_" + index, List.of(activated, up));
    return project("mlp_out_" + index, product, layer.down());
  }

  /** Only the last token of each request meets the output layer. */
  private void nextToken(String normed, String embedding) {
    onnx.constant("last", -1);
    onnx.node("", "Reshape", "normed_batched", List.of(normed, "batched_shape"));
    onnx.node("", "Gather", "normed_last", List.of("normed_batched", "last"), attribute("axis", 1));
    onnx.node("", "Reshape", "normed_last_flat", List.of("normed_last", "flat_shape"));
    String head =
        config.tieWordEmbeddings() ? embedding : onnx.external("lm_head", tensors.lmHead());
    onnx.node("", "Gemm", "logits", List.of("normed_last_flat", head), attribute("transB", 1));
    onnx.node("", "ArgMax", NEXT_TOKEN, List.of("logits"), attribute("axis", -1));
    onnx.output(NEXT_TOKEN, DataType.INT64, "B", 1);
  }

  private String norm(String output, String input, TensorLocation weight) {
    return onnx.node(
        "",
        "SimplifiedLayerNormalization",
        output,
        List.of(input, onnx.external(output + "_weight", weight)),
        attribute("axis", -1),
        attribute("epsilon", config.rmsNormEps()),
        attribute("stash_type", 1));
  }

  /** Adds input and skip into {@code sum} and normalises the sum. */
  private String skipNorm(
      String name, String input, String skip, TensorLocation weight, String sum) {
    String output = "normed_" + name;
    onnx.node(
        MICROSOFT,
        "SkipSimplifiedLayerNormalization",
        List.of(output, "", "", sum),
        List.of(input, skip, onnx.external(output + "_weight", weight)),
        attribute("epsilon", config.rmsNormEps()));
    return output;
  }

  private String project(String output, String input, TensorLocation weight) {
    return onnx.node(
        "",
        "Gemm",
        output,
        List.of(input, onnx.external(output + "_weight", weight)),
        attribute("transB", 1));
  }
}
