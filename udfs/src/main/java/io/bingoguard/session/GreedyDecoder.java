package io.bingoguard.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.device.OnnxRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Writes answers token by token, always the most likely one, on the session that scoring uses: what
 * single-pass scoring is checked against. The keys and values of earlier tokens are kept in buffers
 * with room to grow, so a step computes and copies its own token alone. For one thread at a time.
 */
final class GreedyDecoder {
  private static final long[] NO_PARTICULAR_ANSWER = {0};

  private final OrtEnvironment environment = OnnxRuntime.environment();
  private final GuardSession session;
  private final LlamaConfig config;
  private final OnnxJavaType type;
  private final Map<String, ByteBuffer> cache = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private int room;
  private int length;

  GreedyDecoder(GuardSession session, LlamaConfig config) {
    this.session = session;
    this.config = config;
    this.type = session.settings().precision().javaType();
    wanted.add(LlamaGraph.ARG_MAX);
    for (int layer = 0; layer < config.layers(); layer++) {
      wanted.add(LlamaGraph.keyOut(layer));
      wanted.add(LlamaGraph.valueOut(layer));
    }
  }

  /** The cache grows: for the longest request that a session takes it has gigabytes. */
  private void reserve(int tokens) {
    if (tokens <= room) {
      return;
    }
    room = Math.max(tokens, 2 * room);
    cache.clear();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String name : List.of(LlamaGraph.pastKey(layer), LlamaGraph.pastValue(layer))) {
        cache.put(name, ByteBuffer.allocateDirect(bytes(room)).order(ByteOrder.nativeOrder()));
      }
    }
  }

  private int bytes(int tokens) {
    return Math.multiplyExact(tokens, config.keyValueWidth() * type.size);
  }

  /**
   * Answers a prompt.
   *
   * @param endToken ends an answer and is not part of it
   * @param maxNewTokens most tokens to write
   * @return the answer's tokens
   */
  int[] decode(int[] prompt, int endToken, int maxNewTokens) throws OrtException {
    reserve(prompt.length + maxNewTokens);
    length = 0;
    List<Integer> answer = new ArrayList<>();
    int[] next = prompt;
    while (answer.size() < maxNewTokens) {
      int token = step(next);
      if (token == endToken) {
        break;
      }
      answer.add(token);
      next = new int[] {token};
    }
    return answer.stream().mapToInt(Integer::intValue).toArray();
  }

  private int step(int[] tokens) throws OrtException {
    int[] last = {tokens.length - 1};
    Pass pass = new Pass(List.of(tokens), length, List.of(last), tokens.length);
    long[] every = LongStream.range(0, tokens.length).toArray();
    try (KeyValues past = past();
        OrtSession.Result result = session.run(pass, past, NO_PARTICULAR_ANSWER, every, wanted)) {
      for (int layer = 0; layer < config.layers(); layer++) {
        append(LlamaGraph.pastKey(layer), result, LlamaGraph.keyOut(layer));
        append(LlamaGraph.pastValue(layer), result, LlamaGraph.valueOut(layer));
      }
      length += tokens.length;
      return (int) output(result, LlamaGraph.ARG_MAX).getLongBuffer().get(0);
    }
  }

  /** Tensors over the filled part of the cache; nothing is copied. */
  private KeyValues past() throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (Map.Entry<String, ByteBuffer> kept : cache.entrySet()) {
      ByteBuffer filled = kept.getValue().slice(0, bytes(length)).order(ByteOrder.nativeOrder());
      inputs.put(
          kept.getKey(),
          OnnxTensor.createTensor(
              environment, filled, new long[] {length, config.keyValueWidth()}, type));
    }
    return new KeyValues(length, inputs, () -> inputs.values().forEach(OnnxTensor::close));
  }

  private void append(String name, OrtSession.Result result, String outputName) {
    ByteBuffer rows = output(result, outputName).getByteBuffer();
    cache.get(name).put(bytes(length), rows, 0, rows.remaining());
  }

  private static OnnxTensor output(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }
}
