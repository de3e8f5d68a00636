package io.bingoguard.spark;

import java.util.Set;

/** Spark settings of the engine and their defaults; {@link EngineSettings} reads them. */
public final class EngineProperties {
  /** {@code auto}, {@code cpu} or {@code cuda}. Auto takes the GPU that Spark gave the task. */
  public static final String DEVICE = "spark.bingoguard.device";

  public static final String DEVICE_DEFAULT = "auto";

  /** {@code auto}, {@code fp32}, {@code fp16} or {@code bf16}. */
  public static final String PRECISION = "spark.bingoguard.precision";

  public static final String PRECISION_DEFAULT = "auto";

  /** CPU threads of one forward pass; 0 for one a core of the executor. */
  public static final String THREADS = "spark.bingoguard.threads";

  public static final int THREADS_DEFAULT = 0;

  /** Longest request in tokens, answer included; longer texts lose their middle. */
  public static final String MAX_TOKENS = "spark.bingoguard.maxTokens";

  public static final int MAX_TOKENS_DEFAULT = 4096;

  /** Tokens of a full forward pass; {@code auto}: by the device and its free memory. */
  public static final String PACK_TOKENS = "spark.bingoguard.packTokens";

  public static final String PACK_TOKENS_DEFAULT = "auto";

  /** A forward pass computes a multiple of this many tokens; {@code auto}: by the device. */
  public static final String PACK_BUCKET = "spark.bingoguard.packBucket";

  public static final String PACK_BUCKET_DEFAULT = "auto";

  /** Exchanges that a partition prepares at a time. */
  public static final String WINDOW_EXCHANGES = "spark.bingoguard.windowExchanges";

  public static final int WINDOW_EXCHANGES_DEFAULT = 128;

  /** Windows of a partition that are prepared or being scored at once. */
  public static final String WINDOWS_IN_FLIGHT = "spark.bingoguard.windowsInFlight";

  public static final int WINDOWS_IN_FLIGHT_DEFAULT = 3;

  /** A pass that takes longer ends the executor: its device hangs. */
  public static final String PASS_TIMEOUT = "spark.bingoguard.passTimeout";

  public static final String PASS_TIMEOUT_DEFAULT = "10min";

  /**
   * Memory of a GPU that weights and passes may take, in bytes or with a unit; {@code auto}: what
   * is free when the session is opened.
   */
  public static final String DEVICE_MEMORY = "spark.bingoguard.deviceMemory";

  public static final String DEVICE_MEMORY_DEFAULT = "auto";

  /** Class that opens sessions; {@code onnxruntime}: this project's own. */
  public static final String SESSION_FACTORY = "spark.bingoguard.sessionFactory";

  public static final String SESSION_FACTORY_DEFAULT = "onnxruntime";

  /** The model of commands without {@code --model}, and the one that is warmed up. */
  public static final String MODEL = "spark.bingoguard.model";

  /** Whether the plugin opens the model when an executor starts. */
  public static final String WARM_UP = "spark.bingoguard.warmUp";

  public static final boolean WARM_UP_DEFAULT = true;

  /** All of them. */
  public static final Set<String> KEYS =
      Set.of(
          DEVICE,
          PRECISION,
          THREADS,
          MAX_TOKENS,
          PACK_TOKENS,
          PACK_BUCKET,
          WINDOW_EXCHANGES,
          WINDOWS_IN_FLIGHT,
          PASS_TIMEOUT,
          DEVICE_MEMORY,
          SESSION_FACTORY,
          MODEL,
          WARM_UP);

  private EngineProperties() {}
}
