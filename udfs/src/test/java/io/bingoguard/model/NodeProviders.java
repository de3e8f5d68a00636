package io.bingoguard.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the nodes of the engine's graph really ran, from ONNX Runtime's own profile of one pass:
 * that a provider was attached does not say that it took the nodes.
 */
public final class NodeProviders {
  private static final int TOKENS = 32;

  private NodeProviders() {}

  /**
   * Runs one pass with profiling.
   *
   * @param scratch existing directory for the profile, which is deleted
   * @return number of nodes by operator, by provider
   */
  public static SortedMap<String, SortedMap<String, Integer>> of(
      Checkpoint checkpoint, SessionSettings settings, Path scratch)
      throws OrtException, IOException {
    byte[] graph = LlamaGraph.build(checkpoint, settings.precision(), settings.maxTokens());
    Path profile;
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(checkpoint, settings)) {
      options.enableProfiling(scratch.resolve("profile").toString());
      try (OrtSession session = OrtEnvironment.getEnvironment().createSession(graph, options)) {
        run(session, checkpoint.config(), settings.precision());
        profile = Path.of(session.endProfiling());
      }
    }
    try {
      return read(profile);
    } finally {
      Files.deleteIfExists(profile);
    }
  }

  private static void run(OrtSession session, LlamaConfig config, Precision precision)
      throws OrtException {
    int[] tokens = new int[TOKENS];
    Pass pass = new Pass(List.of(tokens), 0, List.of(new int[] {TOKENS - 1}), TOKENS);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      long[] one = {0};
      put(inputs, LlamaGraph.TOKEN_IDS, pass.tokenIds(), TOKENS);
      put(inputs, LlamaGraph.POSITIONS, pass.positions(), 1, TOKENS);
      put(inputs, LlamaGraph.PAD_INDEX, pass.padIndex(), 1, TOKENS);
      put(inputs, LlamaGraph.UNPAD_INDEX, pass.unpadIndex(), TOKENS);
      put(inputs, LlamaGraph.CHOICE_INDEX, pass.choiceIndex(), 1);
      put(inputs, LlamaGraph.ANSWER_IDS, one, 1);
      put(inputs, LlamaGraph.KV_OUT_INDEX, new long[0], 0);
      for (int layer = 0; layer < config.layers(); layer++) {
        for (String name : List.of(LlamaGraph.pastKey(layer), LlamaGraph.pastValue(layer))) {
          inputs.put(
              name,
              OnnxTensor.createTensor(
                  environment,
                  ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder()),
                  new long[] {0, config.keyValueWidth()},
                  precision.javaType()));
        }
      }
      Set<String> wanted = new HashSet<>(Set.of(LlamaGraph.ANSWER_LOG_PROBS, LlamaGraph.ARG_MAX));
      session.run(inputs, wanted).close();
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static void put(Map<String, OnnxTensor> inputs, String name, long[] values, long... shape)
      throws OrtException {
    inputs.put(
        name,
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape));
  }

  private static SortedMap<String, SortedMap<String, Integer>> read(Path profile)
      throws IOException {
    SortedMap<String, SortedMap<String, Integer>> nodes = new TreeMap<>();
    for (JsonNode event : new ObjectMapper().readTree(profile.toFile())) {
      JsonNode arguments = event.path("args");
      boolean kernel = event.path("name").asText().endsWith("_kernel_time");
      if (kernel && arguments.hasNonNull("provider")) {
        nodes
            .computeIfAbsent(arguments.path("provider").asText(), provider -> new TreeMap<>())
            .merge(arguments.path("op_name").asText(), 1, Integer::sum);
      }
    }
    return nodes;
  }
}
