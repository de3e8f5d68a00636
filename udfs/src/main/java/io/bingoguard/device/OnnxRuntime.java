package io.bingoguard.device;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.List;
import java.util.Set;

/** The ONNX Runtime of this process. Nothing else of it is to be touched before this. */
public final class OnnxRuntime {
  private static final OnnxRuntimeLibraries LIBRARIES = new OnnxRuntimeLibraries();

  private OnnxRuntime() {}

  /** The environment of all sessions, with ONNX Runtime's libraries loaded. */
  public static OrtEnvironment environment() {
    return LIBRARIES.load(OrtEnvironment::getEnvironment);
  }

  /** Unpacks the library of the CUDA provider, where the one on the class path has it. */
  public static void unpackCuda() {
    LIBRARIES.unpackCuda();
  }

  public static String version() {
    return environment().getVersion();
  }

  /** Names of the providers it was built with, whether or not they can be used here. */
  public static List<String> providers() {
    return available().stream().map(OrtProvider::getName).toList();
  }

  static Set<OrtProvider> available() {
    return LIBRARIES.load(OrtEnvironment::getAvailableProviders);
  }
}
