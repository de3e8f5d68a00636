package io.bingoguard.session;

import ai.onnxruntime.OnnxTensor;
import java.util.Map;

/** Keys and values of a prefix in every layer, in native memory. */
public final class KeyValues implements AutoCloseable {
  private final int length;
  private final Map<String, OnnxTensor> inputs;
  private final Runnable release;

  KeyValues(int length, Map<String, OnnxTensor> inputs, Runnable release) {
    this.length = length;
    this.inputs = Map.copyOf(inputs);
    this.release = release;
  }

  /** Number of tokens in the prefix. */
  public int length() {
    return length;
  }

  /** The tensors by the name of the graph input that they belong to. */
  Map<String, OnnxTensor> inputs() {
    return inputs;
  }

  @Override
  public void close() {
    release.run();
  }
}
