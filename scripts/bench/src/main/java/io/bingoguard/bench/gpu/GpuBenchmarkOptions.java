package io.bingoguard.bench.gpu;

import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.bench.EngineDefaults;
import io.bingoguard.bench.NamedValues;
import io.bingoguard.checkpoint.PlantedCheckpoint.Sizes;
import io.bingoguard.device.Device;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link GpuBenchmark} measures, and on what.
 *
 * @param device where the model runs
 * @param precision in which it runs
 * @param threads CPU threads of a pass; 0 for one a core
 * @param shape name of the model's sizes
 * @param directory where checkpoints are written, and taken from the next time
 * @param workload how much is measured
 * @param json file for the figures, if any
 * @param transformers what Hugging Face transformers is put to
 */
record GpuBenchmarkOptions(
    Device device,
    Precision precision,
    int threads,
    String shape,
    Path directory,
    Workload workload,
    Optional<Path> json,
    Transformers transformers) {
  /**
   * How much is measured.
   *
   * @param exchanges exchanges of a cascade, each with two requests and sometimes a third
   * @param seconds a cascade is repeated until that long has passed
   * @param passes and until so many passes have been made
   * @param packTokens most tokens of a pass, one measurement each
   * @param buckets for each of these a measurement too: a pass computes a multiple of so many
   *     tokens; 0 for as many as fill the pack, one fixed shape
   */
  record Workload(
      int exchanges, int seconds, int passes, List<Integer> packTokens, List<Integer> buckets) {
    Workload {
      packTokens = List.copyOf(packTokens);
      buckets = List.copyOf(buckets);
      if (exchanges < 1 || packTokens.contains(0)) {
        throw new IllegalArgumentException(
            "exchanges=" + exchanges + " packTokens=" + packTokens + ": expected at least 1");
      }
    }
  }

  /**
   * How transformers is compared with.
   *
   * @param python interpreter
   * @param script the Python program; absent skips the comparison
   * @param requests most requests that it is put to
   * @param batches batch sizes, with commas between them
   */
  record Transformers(String python, Optional<Path> script, int requests, String batches) {}

  private static final Set<String> NAMES =
      Set.of(
          "device",
          "precision",
          "threads",
          "shape",
          "directory",
          "exchanges",
          "seconds",
          "passes",
          "packTokens",
          "buckets",
          "json",
          "python",
          "script",
          "compared",
          "batches");

  private static final String CUDA = "cuda:";

  /**
   * Reads arguments of the form {@code name=value}. On a CPU the defaults are small enough to try
   * the benchmark out.
   */
  static GpuBenchmarkOptions parse(String... arguments) {
    NamedValues values = new NamedValues(NAMES, arguments);
    Device device = device(values.text("device", "cuda:0"));
    boolean cpu = device.equals(Device.CPU);
    return new GpuBenchmarkOptions(
        device,
        precision(values.text("precision", cpu ? "fp32" : "bf16")),
        values.number("threads", 0),
        shape(values.text("shape", cpu ? "tiny" : "8b")),
        Path.of(values.text("directory", "benchmark")),
        new Workload(
            values.number("exchanges", cpu ? 16 : 512),
            values.number("seconds", 0),
            values.number("passes", 0),
            values.numbers("packTokens", cpu ? "1024,2048" : "1024,2048,4096,8192,16384"),
            values.numbers("buckets", "64,0")),
        values.text("json").map(Path::of),
        new Transformers(
            values.text("python", "python3"),
            values.text("script").map(Path::of),
            values.number("compared", cpu ? 16 : 256),
            values.text("batches", cpu ? "4" : "8,32,64")));
  }

  private static Device device(String text) {
    if (text.equals("cpu")) {
      return Device.CPU;
    }
    if (text.matches(CUDA + "[0-9]{1,3}")) {
      return Device.cuda(Integer.parseInt(text.substring(CUDA.length())));
    }
    throw new IllegalArgumentException("device=" + text + ": expected cpu, or cuda:0 and so on");
  }

  private static Precision precision(String text) {
    return Arrays.stream(Precision.values())
        .filter(precision -> precision.key().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "precision=" + text + ": expected bf16, fp16 or fp32"));
  }

  private static String shape(String text) {
    if (List.of("8b", "1b", "125m", "tiny").contains(text)) {
      return text;
    }
    throw new IllegalArgumentException("shape=" + text + ": expected 8b, 1b, 125m or tiny");
  }

  /** How sessions are opened: with room for the largest pass. */
  SessionSettings session() {
    int tokens = Math.max(EngineDefaults.MAX_TOKENS, Collections.max(workload.packTokens()));
    // A pass is rounded up to whole buckets, and a bucket of 0 is as large as its pack.
    int rows = tokens + Math.max(tokens, Collections.max(workload.buckets()));
    return new SessionSettings(device, precision, threads, rows);
  }

  /** The sizes of the shape, stored in bf16. */
  Sizes sizes() {
    return switch (shape) {
      case "8b" -> Sizes.llama8b();
      case "1b" -> Sizes.llama1b();
      case "125m" -> Sizes.base(BenchmarkModel.VOCABULARY).inBf16();
      default -> Sizes.tiny(BenchmarkModel.VOCABULARY);
    };
  }
}
