package io.bingoguard.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.OnnxRuntime;

/** ONNX Runtime's options for a session over a checkpoint. */
final class SessionOptionsFactory {
  private SessionOptionsFactory() {}

  static SessionOptions create(Checkpoint checkpoint, SessionSettings settings)
      throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      // Packs differ in shape from pass to pass, so a plan made for one helps no other.
      options.setMemoryPatternOptimization(false);
      options.setIntraOpNumThreads(settings.threads());
      // A spinning worker takes the core that tokenizes the next window.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry(
          "session.model_external_initializers_file_folder_path",
          checkpoint.weightsFolder().toString());
      if (settings.device().cudaOrdinal().isPresent()) {
        addCuda(options, settings);
      }
      return options;
    } catch (OrtException e) {
      options.close();
      throw e;
    }
  }

  private static void addCuda(SessionOptions options, SessionSettings settings)
      throws OrtException {
    int ordinal = settings.device().cudaOrdinal().orElseThrow();
    // Weights then do not live in the arena, where they would pin its largest chunk.
    options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
    OnnxRuntime.unpackCuda();
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(ordinal)) {
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      if (settings.arenaBytes().isPresent()) {
        cuda.add("gpu_mem_limit", Long.toString(settings.arenaBytes().getAsLong()));
      }
      options.addCUDA(cuda);
    }
  }
}
