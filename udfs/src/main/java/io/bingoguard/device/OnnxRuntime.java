package io.bingoguard.device;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.List;

/** The ONNX Runtime of this process. */
public final class OnnxRuntime {
  private OnnxRuntime() {}

  public static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  /** Names of the providers it was built with, whether or not they can be used here. */
  public static List<String> providers() {
    return OrtEnvironment.getAvailableProviders().stream().map(OrtProvider::getName).toList();
  }
}
