package io.bingoguard.session;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.checkpoint.LlamaTensors;
import io.bingoguard.checkpoint.TensorLocation;
import io.bingoguard.checkpoint.TensorType;
import io.bingoguard.device.OnnxRuntime;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * How fast a device multiplies matrices through the runtime that the engine uses: what a pass could
 * reach at most. The graph is nothing but products with the feed-forward weights of the checkpoint,
 * [T, hidden] x [hidden, inner] x [inner, hidden] for some layers, in the session's precision and
 * by the operator that the engine's own graph has. Rows are gathered on the device and one row of
 * each result comes back, so that copies between host and device do not count.
 */
public final class MatrixCeiling implements AutoCloseable {
  /**
   * What was reached.
   *
   * @param tokens rows of the left matrix, T
   * @param flopsPerSecond two for every multiplication with its addition; the best of all runs
   */
  public record Reached(int tokens, double flopsPerSecond) {}

  private static final String TOKEN_IDS = "token_ids";
  private static final int MOST_LAYERS = 8;
  private static final int LEAST_RUNS = 3;

  private final LlamaConfig config;
  private final int layers;
  private final OrtSession session;

  private MatrixCeiling(LlamaConfig config, int layers, OrtSession session) {
    this.config = config;
    this.layers = layers;
    this.session = session;
  }

  /** Opens a session over a few layers' weights, with the options of the engine's sessions. */
  public static MatrixCeiling open(Checkpoint checkpoint, SessionSettings settings)
      throws OrtException {
    int layers = Math.min(MOST_LAYERS, checkpoint.config().layers());
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(checkpoint, settings)) {
      return new MatrixCeiling(
          checkpoint.config(),
          layers,
          OnnxRuntime.environment()
              .createSession(graph(checkpoint, settings.precision(), layers), options));
    }
  }

  private static byte[] graph(Checkpoint checkpoint, Precision precision, int layers) {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder();
    onnx.input(TOKEN_IDS, DataType.INT64, "T");
    onnx.constant("first", 0);
    LlamaTensors tensors = checkpoint.tensors();
    String table = onnx.external("embedding", tensors.embedding());
    String rows = onnx.node("", "Gather", "rows", List.of(table, TOKEN_IDS));
    String left = cast(onnx, rows, tensors.embedding().type(), precision);
    for (int i = 0; i < layers; i++) {
      String wide = product(onnx, "wide_" + i, left, tensors.layers().get(i).up(), precision);
      String narrow = product(onnx, "narrow_" + i, wide, tensors.layers().get(i).down(), precision);
      String one = onnx.node("", "Gather", "one_" + i, List.of(narrow, "first"));
      onnx.node(
          "",
          "Cast",
          output(i),
          List.of(one),
          OnnxGraphBuilder.attribute("to", DataType.FLOAT.getNumber()));
      onnx.output(output(i), DataType.FLOAT, 1, checkpoint.config().hiddenSize());
    }
    return onnx.build();
  }

  private static String output(int layer) {
    return "out_" + layer;
  }

  private static String product(
      OnnxGraphBuilder onnx, String name, String left, TensorLocation right, Precision precision) {
    String weight = onnx.external(name + "_weight", right);
    return onnx.node(
        "",
        "Gemm",
        name,
        List.of(left, cast(onnx, weight, right.type(), precision)),
        OnnxGraphBuilder.attribute("transB", 1));
  }

  private static String cast(OnnxGraphBuilder onnx, String value, TensorType from, Precision to) {
    return Precision.of(from) == to
        ? value
        : onnx.node(
            "",
            "Cast",
            value + "_cast",
            List.of(value),
            OnnxGraphBuilder.attribute("to", to.onnxType().getNumber()));
  }

  /**
   * Multiplies for so many seconds for each number of rows, after one run that does not count.
   *
   * @return what was reached, in order
   */
  public List<Reached> measure(List<Integer> tokens, double seconds) throws OrtException {
    List<Reached> reached = new ArrayList<>();
    for (int rows : tokens) {
      double flops = 4.0 * layers * rows * config.hiddenSize() * config.intermediateSize();
      long[] ids = LongStream.range(0, rows).map(i -> i % config.vocabSize()).toArray();
      run(ids);
      double best = Double.POSITIVE_INFINITY;
      double spent = 0;
      for (int runs = 0; runs < LEAST_RUNS || spent < seconds; runs++) {
        double took = run(ids);
        best = Math.min(best, took);
        spent += took;
      }
      reached.add(new Reached(rows, flops / best));
    }
    return reached;
  }

  private double run(long[] ids) throws OrtException {
    try (OnnxTensor input =
        OnnxTensor.createTensor(
            OnnxRuntime.environment(), LongBuffer.wrap(ids), new long[] {ids.length})) {
      long start = System.nanoTime();
      // The call returns with the results, so the device has finished.
      session.run(Map.of(TOKEN_IDS, input)).close();
      return (System.nanoTime() - start) / 1e9;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
