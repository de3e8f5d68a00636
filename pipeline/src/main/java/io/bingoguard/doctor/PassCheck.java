package io.bingoguard.doctor;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.model.Checkpoint;
import io.bingoguard.model.Device;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.model.Precision;
import io.bingoguard.model.ProviderUse;
import io.bingoguard.model.SessionSettings;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.spark.EngineSizing;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Opens a model, scores one short request, and sees which provider of ONNX Runtime did it. */
final class PassCheck {
  private static final String CUDA = "CUDAExecutionProvider";

  private PassCheck() {}

  static Check of(ModelBundle bundle, EngineSettings settings, Device device) {
    String name = "pass on " + device;
    Checkpoint checkpoint = bundle.checkpoint();
    SessionSettings session =
        EngineSizing.of(settings, checkpoint, device, OptionalLong.empty(), 0).session();
    if (device.equals(Device.CPU) && bytes(checkpoint, session) > HostChecks.machineMemory()) {
      return Check.failed(
          name,
          "not tried: the weights take %s in %s, the machine has %s"
              .formatted(
                  Sizes.of(bytes(checkpoint, session)),
                  session.precision().key(),
                  Sizes.of(HostChecks.machineMemory())),
          "take a GPU (spark.bingoguard.device=cuda) or a machine with more memory");
    }
    try {
      ProviderUse use =
          ProviderUse.measure(checkpoint, session, tokens(bundle, settings.maxTokens()));
      return judged(name, session, use);
    } catch (RuntimeException | LinkageError e) {
      return Check.failed(name, e);
    }
  }

  private static Check judged(String name, SessionSettings session, ProviderUse use) {
    Map<String, Integer> kernels = new TreeMap<>(use.kernels());
    String seen =
        "one request in %s: %s"
            .formatted(
                session.precision().key(),
                kernels.entrySet().stream()
                    .map(entry -> entry.getValue() + " operators by " + entry.getKey())
                    .collect(Collectors.joining(", ")));
    int onCuda = kernels.getOrDefault(CUDA, 0);
    int all = kernels.values().stream().mapToInt(Integer::intValue).sum();
    if (!use.finite()) {
      return Check.failed(name, seen + "; the scores are no numbers", "take a wider precision");
    }
    if (session.device().cudaOrdinal().isPresent() && 2 * onCuda < all) {
      return Check.failed(
          name, seen, "most of the model is not on the GPU; take precision auto, fp16 or bf16");
    }
    return Check.ok(name, seen);
  }

  private static int[] tokens(ModelBundle bundle, int maxTokens) {
    try (GuardTokenizer tokenizer = GuardTokenizer.open(bundle.tokenizerFile())) {
      return new RequestFactory(bundle.pack(), tokenizer, maxTokens)
          .binary(GuardTask.PROMPT, Exchange.of("Hello", "Hello"))
          .tokens();
    }
  }

  /** Weights that are stored in 16 bits are cast to fp32 on a CPU. */
  private static long bytes(Checkpoint checkpoint, SessionSettings session) {
    boolean widened =
        session.precision() == Precision.FP32
            && Precision.of(checkpoint.tensors().embedding().type()) != Precision.FP32;
    long stored = 0;
    try {
      for (Path file : checkpoint.files()) {
        stored += Files.size(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return widened ? 2 * stored : stored;
  }
}
