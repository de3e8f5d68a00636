package io.bingoguard.model;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import java.util.Locale;

/** Number format in which a session computes, whatever the checkpoint stores. */
public enum Precision {
  FP32(DataType.FLOAT, OnnxJavaType.FLOAT, 4),
  FP16(DataType.FLOAT16, OnnxJavaType.FLOAT16, 2),
  BF16(DataType.BFLOAT16, OnnxJavaType.BFLOAT16, 2);

  private final DataType onnxType;
  private final OnnxJavaType javaType;
  private final int bytes;

  Precision(DataType onnxType, OnnxJavaType javaType, int bytes) {
    this.onnxType = onnxType;
    this.javaType = javaType;
    this.bytes = bytes;
  }

  /** The precision in which a tensor is stored. */
  public static Precision of(TensorType type) {
    return switch (type) {
      case F32 -> FP32;
      case F16 -> FP16;
      case BF16 -> BF16;
    };
  }

  DataType onnxType() {
    return onnxType;
  }

  OnnxJavaType javaType() {
    return javaType;
  }

  int bytes() {
    return bytes;
  }

  /** Name in settings and reports: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
