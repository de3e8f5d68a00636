package io.bingoguard.bench;

import io.bingoguard.engine.EngineSizing;
import io.bingoguard.score.PackLimits;
import io.bingoguard.spark.settings.Setting;

/** What the engine does where no setting says otherwise. */
public final class EngineDefaults {
  /** Longest request in tokens. */
  public static final int MAX_TOKENS = number(Setting.MAX_TOKENS);

  /** Exchanges that a partition prepares at a time. */
  public static final int BATCH_EXCHANGES = number(Setting.BATCH_EXCHANGES);

  /** Batches that a partition has prepared or being scored at once. */
  public static final int BATCHES_IN_FLIGHT = number(Setting.BATCHES_IN_FLIGHT);

  /** Most cells of a pass's attention scores. */
  public static final long ATTENTION_CELLS = (long) MAX_TOKENS * MAX_TOKENS;

  /** How much goes into a pass on a CPU. */
  public static final PackLimits CPU_LIMITS =
      new PackLimits(EngineSizing.CPU_PACK_TOKENS, EngineSizing.CPU_PACK_BUCKET, ATTENTION_CELLS);

  private EngineDefaults() {}

  private static int number(Setting setting) {
    return Integer.parseInt(setting.defaultValue());
  }
}
