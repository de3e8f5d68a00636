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

  /** CPU threads of one forward pass; 0 for one a core. */
  public static final String THREADS = "spark.bingoguard.threads";

  public static final int THREADS_DEFAULT = 0;

  /** Longest request in tokens, answer included; longer texts lose their middle. */
  public static final String MAX_TOKENS = "spark.bingoguard.maxTokens";

  public static final int MAX_TOKENS_DEFAULT = 4096;

  /** Tokens of a full forward pass. */
  public static final String PACK_TOKENS = "spark.bingoguard.packTokens";

  public static final int PACK_TOKENS_DEFAULT = 2048;

  /** A forward pass computes a multiple of this many tokens. */
  public static final String PACK_BUCKET = "spark.bingoguard.packBucket";

  public static final int PACK_BUCKET_DEFAULT = 64;

  /** Exchanges that a partition prepares at a time. */
  public static final String WINDOW_EXCHANGES = "spark.bingoguard.windowExchanges";

  public static final int WINDOW_EXCHANGES_DEFAULT = 128;

  /** Windows of a partition that are prepared or being scored at once. */
  public static final String WINDOWS_IN_FLIGHT = "spark.bingoguard.windowsInFlight";

  public static final int WINDOWS_IN_FLIGHT_DEFAULT = 3;

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
          WINDOWS_IN_FLIGHT);

  private EngineProperties() {}
}
