package io.bingoguard.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.device.OnnxRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A Llama checkpoint, opened for scoring on one device. Not safe for use by several threads at
 * once. Owns native memory; the process-wide ONNX Runtime environment stays open.
 */
public final class GuardSession implements LlamaSession {
  private static final Set<String> ANSWERS =
      Set.of(LlamaGraph.ANSWER_LOG_PROBS, LlamaGraph.ARG_MAX, LlamaGraph.LOG_SUM_EXP);

  private final OrtEnvironment environment = OnnxRuntime.environment();
  private final LlamaConfig config;
  private final SessionSettings settings;
  private final OrtSession session;
  private GreedyDecoder decoder;

  private GuardSession(LlamaConfig config, SessionSettings settings, OrtSession session) {
    this.config = config;
    this.settings = settings;
    this.session = session;
  }

  /**
   * Opens a session. Weights are mapped from the checkpoint's files, not copied.
   *
   * <p>A session asked for on CUDA is on CUDA: attaching the provider fails when its library or one
   * that it needs cannot be loaded, creating the session fails when the device cannot be taken, and
   * nothing here opens another one instead. Single operators without a CUDA kernel still run on the
   * CPU, as those on shapes must; {@link ProfiledSessions} count them.
   *
   * @throws io.bingoguard.guard.GuardException {@code PRECISION_NOT_SUPPORTED}; {@code
   *     CUDA_NOT_USABLE} naming all that is missing; {@code SESSION_NOT_OPENED} with ONNX Runtime's
   *     words
   */
  public static GuardSession open(Checkpoint checkpoint, SessionSettings settings) {
    return open(checkpoint, settings, Optional.empty());
  }

  /**
   * Opens a session that may write a profile.
   *
   * @param profile how the names of profile files begin; absent for no profile
   */
  static GuardSession open(
      Checkpoint checkpoint, SessionSettings settings, Optional<Path> profile) {
    OpeningFailure.refuseUnsupported(settings);
    OrtEnvironment environment = OnnxRuntime.environment();
    byte[] graph = LlamaGraph.build(checkpoint, settings.precision(), settings.maxTokens());
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(checkpoint, settings)) {
      if (profile.isPresent()) {
        options.enableProfiling(profile.get().toString());
      }
      return new GuardSession(
          checkpoint.config(), settings, environment.createSession(graph, options));
    } catch (OrtException e) {
      throw OpeningFailure.of(checkpoint, settings, e);
    }
  }

  /** Ends the profile of a session that was opened with one, and hands back its file. */
  Path endProfile() throws OrtException {
    return Path.of(session.endProfiling());
  }

  @Override
  public SessionSettings settings() {
    return settings;
  }

  @Override
  public KeyValues noPrefix() throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (int layer = 0; layer < config.layers(); layer++) {
        inputs.put(LlamaGraph.pastKey(layer), emptyKeyValues());
        inputs.put(LlamaGraph.pastValue(layer), emptyKeyValues());
      }
    } catch (OrtException e) {
      inputs.values().forEach(OnnxTensor::close);
      throw e;
    }
    return new KeyValues(0, inputs, () -> inputs.values().forEach(OnnxTensor::close));
  }

  private OnnxTensor emptyKeyValues() throws OrtException {
    return OnnxTensor.createTensor(
        environment,
        ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder()),
        new long[] {0, config.keyValueWidth()},
        settings.precision().javaType());
  }

  @Override
  public KeyValues extend(KeyValues past, int[] tokenIds) throws OrtException {
    Pass pass = new Pass(List.of(tokenIds), past.length(), List.of(new int[] {0}), tokenIds.length);
    Set<String> wanted = new HashSet<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      wanted.add(LlamaGraph.keyOut(layer));
      wanted.add(LlamaGraph.valueOut(layer));
    }
    long[] every = IntStream.range(0, tokenIds.length).asLongStream().toArray();
    OrtSession.Result result = run(pass, past, new long[] {0}, every, wanted);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      inputs.put(LlamaGraph.pastKey(layer), tensor(result, LlamaGraph.keyOut(layer)));
      inputs.put(LlamaGraph.pastValue(layer), tensor(result, LlamaGraph.valueOut(layer)));
    }
    return new KeyValues(past.length() + tokenIds.length, inputs, result::close);
  }

  @Override
  public ChoiceLogits score(Pass pass, KeyValues prefix, int[] answerIds) throws OrtException {
    if (prefix.length() != pass.prefixLength()) {
      throw new IllegalArgumentException(
          "prefix of " + prefix.length() + " tokens for a pass after " + pass.prefixLength());
    }
    long[] wanted = IntStream.of(answerIds).asLongStream().toArray();
    try (OrtSession.Result result = run(pass, prefix, wanted, new long[0], ANSWERS)) {
      float[][] logProbs = (float[][]) tensor(result, LlamaGraph.ANSWER_LOG_PROBS).getValue();
      LongBuffer argMax = tensor(result, LlamaGraph.ARG_MAX).getLongBuffer();
      FloatBuffer logSumExp = tensor(result, LlamaGraph.LOG_SUM_EXP).getFloatBuffer();
      int[] most = new int[logProbs.length];
      float[] sums = new float[logProbs.length];
      for (int i = 0; i < most.length; i++) {
        most[i] = (int) argMax.get(i);
        sums[i] = logSumExp.get(i);
      }
      return new ChoiceLogits(logProbs, most, sums);
    }
  }

  @Override
  public int[] decode(int[] prompt, int endToken, int maxNewTokens) throws OrtException {
    if (decoder == null) {
      decoder = new GreedyDecoder(this, config);
    }
    return decoder.decode(prompt, endToken, maxNewTokens);
  }

  /**
   * Runs a pass and hands out the native result, for what {@link #extend} and {@link #score} do not
   * cover.
   *
   * @param kvOut packed tokens whose keys and values are wanted
   * @param wanted names of the graph outputs to compute
   */
  OrtSession.Result run(
      Pass pass, KeyValues past, long[] answerIds, long[] kvOut, Set<String> wanted)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>(past.inputs());
    Map<String, OnnxTensor> own = new HashMap<>();
    long tokens = pass.paddedTokens();
    try {
      own.put(LlamaGraph.TOKEN_IDS, tensor(pass.tokenIds(), tokens));
      own.put(LlamaGraph.POSITIONS, tensor(pass.positions(), 1, tokens));
      own.put(LlamaGraph.PAD_INDEX, tensor(pass.padIndex(), pass.batch(), pass.longest()));
      own.put(LlamaGraph.UNPAD_INDEX, tensor(pass.unpadIndex(), tokens));
      long[] choices = pass.choiceIndex();
      own.put(LlamaGraph.CHOICE_INDEX, tensor(choices, choices.length));
      own.put(LlamaGraph.ANSWER_IDS, tensor(answerIds, answerIds.length));
      own.put(LlamaGraph.KV_OUT_INDEX, tensor(kvOut, kvOut.length));
      inputs.putAll(own);
      return session.run(inputs, wanted);
    } finally {
      own.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(long[] values, long... shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor)
        result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw SessionErrors.sessionNotClosed(e);
    }
  }
}
