package io.bingoguard.session;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import io.bingoguard.checkpoint.TensorType;
import java.util.Locale;

/** Number format in which a session computes, whatever the checkpoint stores. */
public enum Precision {
  FP32(DataType.FLOAT, OnnxJavaType.FLOAT),
  FP16(DataType.FLOAT16, OnnxJavaType.FLOAT16),
  BF16(DataType.BFLOAT16, OnnxJavaType.BFLOAT16);

  private final DataType onnxType;
  private final OnnxJavaType javaType;

  Precision(DataType onnxType, OnnxJavaType javaType) {
    this.onnxType = onnxType;
    this.javaType = javaType;
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

  /** Name in settings and reports: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
