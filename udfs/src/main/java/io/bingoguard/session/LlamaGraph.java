package io.bingoguard.session;

import static io.bingoguard.session.OnnxGraphBuilder.MICROSOFT;
import static io.bingoguard.session.OnnxGraphBuilder.attribute;
import static io.bingoguard.session.OnnxGraphBuilder.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.checkpoint.LlamaTensors;
import io.bingoguard.checkpoint.TensorLocation;
import java.util.List;

/**
 * The ONNX graph of a Llama model that scores packed requests after a shared prefix.
 *
 * <p>T tokens of many requests lie end to end without padding; every matrix product works on [T,
 * hidden]. Only attention sees them as a right-padded batch of B requests by L tokens, through two
 * index inputs. Right padding, causal masking and one prefix length for the whole batch need no
 * mask. C choice positions leave the last layer's attention: only keys and values of other tokens
 * matter there. They reach the LM head and are reduced to K answer log-probabilities each.
 *
 * <p>No weight is copied: initializers point into the checkpoint's files. Weights stored in another
 * type than the session computes in are cast in the graph.
 */
final class LlamaGraph {
  /** int64 [T]: token ids. */
  static final String TOKEN_IDS = "token_ids";

  /** int64 [1, T]: position of each token in its request, shared prefix included. */
  static final String POSITIONS = "positions";

  /** int64 [B, L]: for each place of the padded batch, the packed token that stands there. */
  static final String PAD_INDEX = "pad_index";

  /** int64 [T]: for each packed token, its place in the flattened padded batch. */
  static final String UNPAD_INDEX = "unpad_index";

  /** int64 [C]: packed tokens after which an answer token is chosen. */
  static final String CHOICE_INDEX = "choice_index";

  /** int64 [K]: the token ids whose log-probabilities are wanted. */
  static final String ANSWER_IDS = "answer_ids";

  /** int64 [N]: packed tokens whose keys and values are wanted; empty when scoring. */
  static final String KV_OUT_INDEX = "kv_out_index";

  /** float [C, K]: log-probabilities over the whole vocabulary. */
  static final String ANSWER_LOG_PROBS = "answer_log_probs";

  /** int64 [C, 1]: arg max over the whole vocabulary. */
  static final String ARG_MAX = "arg_max";

  /** float [C, 1]: log-sum-exp of the logits. */
  static final String LOG_SUM_EXP = "log_sum_exp";

  private final LlamaConfig config;
  private final LlamaTensors tensors;
  private final Precision precision;
  private final OnnxGraphBuilder onnx = new OnnxGraphBuilder();

  private LlamaGraph(Checkpoint checkpoint, Precision precision) {
    this.config = checkpoint.config();
    this.tensors = checkpoint.tensors();
    this.precision = precision;
  }

  /**
   * Builds the graph.
   *
   * @param rotaryRows rows of the rotary tables: at least the longest request and the largest T
   */
  static byte[] build(Checkpoint checkpoint, Precision precision, int rotaryRows) {
    return new LlamaGraph(checkpoint, precision).build(rotaryRows);
  }

  static String pastKey(int layer) {
    return "past_key_" + layer;
  }

  static String pastValue(int layer) {
    return "past_value_" + layer;
  }

  static String keyOut(int layer) {
    return "key_out_" + layer;
  }

  static String valueOut(int layer) {
    return "value_out_" + layer;
  }

  private byte[] build(int rotaryRows) {
    onnx.input(TOKEN_IDS, DataType.INT64, "T");
    onnx.input(POSITIONS, DataType.INT64, 1, "T");
    onnx.input(PAD_INDEX, DataType.INT64, "B", "L");
    onnx.input(UNPAD_INDEX, DataType.INT64, "T");
    onnx.input(CHOICE_INDEX, DataType.INT64, "C");
    onnx.input(ANSWER_IDS, DataType.INT64, "K");
    onnx.input(KV_OUT_INDEX, DataType.INT64, "N");
    rotaryTables(rotaryRows);
    onnx.constant("axis_0", 0);
    onnx.constant("kv_shape", 0, config.kvHeads(), config.headDim());
    onnx.constant("packed_shape", -1, config.queryWidth());
    onnx.constant("ones", 1, 1, 1);
    onnx.node("", "Shape", "batch", List.of(PAD_INDEX), attribute("start", 0), attribute("end", 1));
    onnx.node("", "Concat", "expand_shape", List.of("batch", "ones"), attribute("axis", 0));
    onnx.node("", "Gather", "chosen_unpad_index", List.of(UNPAD_INDEX, CHOICE_INDEX));

    String embedding = onnx.external("embedding", tensors.embedding());
    String hidden =
        cast(
            onnx.node("", "Gather", "embedded", List.of(embedding, TOKEN_IDS)),
            Precision.of(tensors.embedding().type()));
    String normed = norm("normed_first", hidden, "norm_first", tensors.layers().get(0).inputNorm());
    for (int i = 0; i < config.layers(); i++) {
      LlamaTensors.Layer layer = tensors.layers().get(i);
      boolean last = i + 1 == config.layers();
      String attended = attention(i, layer, normed, last ? "chosen_unpad_index" : UNPAD_INDEX);
      if (last) {
        hidden = onnx.node("", "Gather", "hidden_chosen", List.of(hidden, CHOICE_INDEX));
      }
      String middle = "hidden_middle_" + i;
      normed = skipNorm("mlp_" + i, attended, hidden, layer.postAttentionNorm(), middle);
      String transformed = feedForward(i, layer, normed);
      hidden = "hidden_" + (i + 1);
      TensorLocation next = last ? tensors.norm() : tensors.layers().get(i + 1).inputNorm();
      normed = skipNorm("attention_" + (i + 1), transformed, middle, next, hidden);
    }
    answers(normed, embedding);
    return onnx.build();
  }

  private void rotaryTables(int rows) {
    double[] frequencies = config.rope().inverseFrequencies(config.headDim());
    float[] cos = new float[Math.multiplyExact(rows, frequencies.length)];
    float[] sin = new float[cos.length];
    for (int position = 0; position < rows; position++) {
      for (int i = 0; i < frequencies.length; i++) {
        // The reference implementation multiplies in fp32 before taking the cosine.
        float angle = position * (float) frequencies[i];
        cos[position * frequencies.length + i] = (float) Math.cos(angle);
        sin[position * frequencies.length + i] = (float) Math.sin(angle);
      }
    }
    cast(onnx.constant("cos", cos, rows, frequencies.length), Precision.FP32, "cos_table");
    cast(onnx.constant("sin", sin, rows, frequencies.length), Precision.FP32, "sin_table");
  }

  private String attention(int index, LlamaTensors.Layer layer, String input, String unpadIndex) {
    String query = project("query_" + index, input, layer.query());
    String key = project("key_" + index, input, layer.key());
    String value = project("value_" + index, input, layer.value());
    query = rotate(query, config.heads());
    key = rotate(key, config.kvHeads());
    kvOutput(keyOut(index), key);
    kvOutput(valueOut(index), value);

    String attended = "attended_" + index;
    onnx.node(
        "",
        "Attention",
        List.of(attended, "present_key_" + index, "present_value_" + index),
        List.of(
            padded(query),
            padded(key),
            padded(value),
            "",
            pastInput(pastKey(index)),
            pastInput(pastValue(index))),
        attribute("is_causal", 1),
        attribute("q_num_heads", config.heads()),
        attribute("kv_num_heads", config.kvHeads()));
    String flat = onnx.node("", "Reshape", attended + "_flat", List.of(attended, "packed_shape"));
    String packed = onnx.node("", "Gather", attended + "_packed", List.of(flat, unpadIndex));
    return project("attention_out_" + index, packed, layer.attentionOutput());
  }

  private String rotate(String value, int heads) {
    String batched = onnx.node("", "Unsqueeze", value + "_batched", List.of(value, "axis_0"));
    String rotated =
        onnx.node(
            MICROSOFT,
            "RotaryEmbedding",
            value + "_rotated_batched",
            List.of(batched, POSITIONS, "cos_table", "sin_table"),
            attribute("interleaved", 0),
            attribute("num_heads", heads));
    return onnx.node("", "Squeeze", value + "_rotated", List.of(rotated, "axis_0"));
  }

  private void kvOutput(String name, String value) {
    onnx.node("", "Gather", name, List.of(value, KV_OUT_INDEX));
    onnx.output(name, precision.onnxType(), "N", config.keyValueWidth());
  }

  private String padded(String value) {
    return onnx.node("", "Gather", value + "_padded", List.of(value, PAD_INDEX));
  }

  /** A prefix's keys or values, [P, kv width], as [B, kv heads, P, head size] for each request. */
  private String pastInput(String name) {
    onnx.input(name, precision.onnxType(), "P", config.keyValueWidth());
    String split = onnx.node("", "Reshape", name + "_split", List.of(name, "kv_shape"));
    String byHead =
        onnx.node("", "Transpose", name + "_by_head", List.of(split), integers("perm", 1, 0, 2));
    String batched = onnx.node("", "Unsqueeze", name + "_batched", List.of(byHead, "axis_0"));
    return onnx.node("", "Expand", name + "_expanded", List.of(batched, "expand_shape"));
  }

  private String feedForward(int index, LlamaTensors.Layer layer, String input) {
    String gate = project("gate_" + index, input, layer.gate());
    String up = project("up_" + index, input, layer.up());
    // With alpha 1 this is x * sigmoid(x), SiLU, in one kernel.
    String activated =
        onnx.node(MICROSOFT, "QuickGelu", "silu_" + index, List.of(gate), attribute("alpha", 1.0));
    String product = onnx.node("", "Mul", "gated_" + index, List.of(activated, up));
    return project("mlp_out_" + index, product, layer.down());
  }

  private void answers(String normed, String embedding) {
    String head =
        config.tieWordEmbeddings()
            ? cast(embedding, Precision.of(tensors.embedding().type()))
            : weight("lm_head", tensors.lmHead());
    String logits =
        onnx.node("", "Gemm", "logits_computed", List.of(normed, head), attribute("transB", 1));
    if (precision != Precision.FP32) {
      logits =
          onnx.node(
              "", "Cast", "logits", List.of(logits), attribute("to", DataType.FLOAT.getNumber()));
    }
    onnx.constant("one", 1);
    onnx.node("", "TopK", List.of("top_logit", ARG_MAX), List.of(logits, "one"));
    String logProbs =
        onnx.node("", "LogSoftmax", "log_probs", List.of(logits), attribute("axis", -1));
    onnx.node("", "Gather", ANSWER_LOG_PROBS, List.of(logProbs, ANSWER_IDS), attribute("axis", 1));
    onnx.node(
        "", "GatherElements", "top_log_prob", List.of(logProbs, ARG_MAX), attribute("axis", 1));
    onnx.node("", "Sub", LOG_SUM_EXP, List.of("top_logit", "top_log_prob"));
    onnx.output(ANSWER_LOG_PROBS, DataType.FLOAT, "C", "K");
    onnx.output(ARG_MAX, DataType.INT64, "C", 1);
    onnx.output(LOG_SUM_EXP, DataType.FLOAT, "C", 1);
  }

  private String norm(String output, String input, String name, TensorLocation weight) {
    return onnx.node(
        "",
        "SimplifiedLayerNormalization",
        output,
        List.of(input, weight(name, weight)),
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
        List.of(input, skip, weight("norm_" + name, weight)),
        attribute("epsilon", config.rmsNormEps()));
    return output;
  }

  private String project(String output, String input, TensorLocation weight) {
    return onnx.node(
        "",
        "Gemm",
        output,
        List.of(input, weight(output + "_weight", weight)),
        attribute("transB", 1));
  }

  private String weight(String name, TensorLocation location) {
    return cast(onnx.external(name, location), Precision.of(location.type()));
  }

  private String cast(String value, Precision from) {
    return from == precision ? value : cast(value, from, value + "_cast");
  }

  private String cast(String value, Precision from, String output) {
    if (from == precision) {
      return onnx.node("", "Identity", output, List.of(value));
    }
    return onnx.node(
        "", "Cast", output, List.of(value), attribute("to", precision.onnxType().getNumber()));
  }
}
