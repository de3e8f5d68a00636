package io.bingoguard.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.device.OnnxRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the answers of a left-padded batch token by token, always the most likely one, until every
 * request has ended: the usual way, which benchmarks compare with. Keys and values stay in the
 * runtime's own tensors from step to step.
 */
public final class PaddedGreedyDecoder implements AutoCloseable {
  private final OrtEnvironment environment = OnnxRuntime.environment();
  private final LlamaConfig config;
  private final OrtSession session;

  private PaddedGreedyDecoder(LlamaConfig config, OrtSession session) {
    this.config = config;
    this.session = session;
  }

  /** Opens a session with the options that the engine's own sessions have. */
  public static PaddedGreedyDecoder open(Checkpoint checkpoint, SessionSettings settings)
      throws OrtException {
    byte[] graph = PaddedGraph.build(checkpoint, settings.maxTokens());
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(checkpoint, settings)) {
      return new PaddedGreedyDecoder(
          checkpoint.config(), OnnxRuntime.environment().createSession(graph, options));
    }
  }

  /**
   * Answers a batch of prompts.
   *
   * @param endToken ends an answer and is not part of it
   * @param maxNewTokens most tokens to write for each
   * @return the answers' tokens, in order
   */
  public List<int[]> decode(List<int[]> prompts, int endToken, int maxNewTokens)
      throws OrtException {
    int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
    int[] padding = prompts.stream().mapToInt(prompt -> longest - prompt.length).toArray();
    List<List<Integer>> answers = new ArrayList<>();
    prompts.forEach(prompt -> answers.add(new ArrayList<>()));
    boolean[] ended = new boolean[prompts.size()];
    int open = ended.length;

    long[] tokens = leftPadded(prompts, padding, endToken);
    KeyValues past = nothing(prompts.size());
    try {
      for (int written = 0; written < maxNewTokens && open > 0; written++) {
        OrtSession.Result result = step(tokens, padding, past);
        past.close();
        past = present(result, past.length() + tokens.length / prompts.size());
        tokens = new long[prompts.size()];
        output(result, PaddedGraph.NEXT_TOKEN).getLongBuffer().get(tokens);
        for (int row = 0; row < tokens.length; row++) {
          if (!ended[row] && tokens[row] == endToken) {
            ended[row] = true;
            open--;
          } else if (!ended[row]) {
            answers.get(row).add((int) tokens[row]);
          }
        }
      }
    } finally {
      past.close();
    }
    return answers.stream()
        .map(answer -> answer.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static long[] leftPadded(List<int[]> prompts, int[] padding, int filler) {
    int length = prompts.get(0).length + padding[0];
    long[] tokens = new long[prompts.size() * length];
    for (int row = 0; row < padding.length; row++) {
      for (int i = 0; i < length; i++) {
        tokens[row * length + i] = i < padding[row] ? filler : prompts.get(row)[i - padding[row]];
      }
    }
    return tokens;
  }

  private OrtSession.Result step(long[] tokens, int[] padding, KeyValues past) throws OrtException {
    int batch = padding.length;
    int length = tokens.length / batch;
    long[] shape = {batch, length};
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
        OnnxTensor positions =
            OnnxTensor.createTensor(
                environment, LongBuffer.wrap(positions(padding, past.length(), length)), shape);
        OnnxTensor mask = mask(padding, past.length(), length)) {
      Map<String, OnnxTensor> inputs = new HashMap<>(past.inputs());
      inputs.put(PaddedGraph.TOKEN_IDS, ids);
      inputs.put(PaddedGraph.POSITIONS, positions);
      inputs.put(PaddedGraph.MASK, mask);
      return session.run(inputs);
    }
  }

  private static long[] positions(int[] padding, int before, int length) {
    long[] positions = new long[padding.length * length];
    for (int row = 0; row < padding.length; row++) {
      for (int i = 0; i < length; i++) {
        positions[row * length + i] = Math.max(0, before + i - padding[row]);
      }
    }
    return positions;
  }

  /** A padding place sees itself, so that no row of attention is empty. */
  private OnnxTensor mask(int[] padding, int before, int length) throws OrtException {
    int all = before + length;
    ByteBuffer mask =
        ByteBuffer.allocateDirect(padding.length * length * all).order(ByteOrder.nativeOrder());
    for (int pad : padding) {
      for (int i = 0; i < length; i++) {
        for (int j = 0; j < all; j++) {
          boolean seen = j == before + i || (j >= pad && j < before + i);
          mask.put((byte) (seen ? 1 : 0));
        }
      }
    }
    return OnnxTensor.createTensor(
        environment, mask.flip(), new long[] {padding.length, 1, length, all}, OnnxJavaType.BOOL);
  }

  private KeyValues nothing(int batch) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      inputs.put(PaddedGraph.pastKey(layer), empty(batch));
      inputs.put(PaddedGraph.pastValue(layer), empty(batch));
    }
    return new KeyValues(0, inputs, () -> inputs.values().forEach(OnnxTensor::close));
  }

  private OnnxTensor empty(int batch) throws OrtException {
    return OnnxTensor.createTensor(
        environment,
        ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder()),
        new long[] {batch, config.kvHeads(), 0, config.headDim()},
        OnnxJavaType.FLOAT);
  }

  private KeyValues present(OrtSession.Result result, int length) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      inputs.put(PaddedGraph.pastKey(layer), output(result, PaddedGraph.presentKey(layer)));
      inputs.put(PaddedGraph.pastValue(layer), output(result, PaddedGraph.presentValue(layer)));
    }
    return new KeyValues(length, inputs, result::close);
  }

  private static OnnxTensor output(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
