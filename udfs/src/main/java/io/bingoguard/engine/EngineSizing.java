package io.bingoguard.engine;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.Device;
import io.bingoguard.score.PackLimits;
import io.bingoguard.session.MemoryPlan;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import java.util.IntSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How large an engine's session and packs are: what the settings say, and where they leave it open,
 * what suits the device.
 *
 * @param session how the session is opened
 * @param limits how much goes into a pass
 */
public record EngineSizing(SessionSettings session, PackLimits limits) {
  /** Tokens of a full pass on a CPU, by measurement; see scripts/README.md. */
  public static final int CPU_PACK_TOKENS = 2048;

  /** A pass on a CPU computes a multiple of this many tokens. */
  public static final int CPU_PACK_BUCKET = 64;

  /** When a GPU does not tell its memory. */
  static final int CUDA_PACK_TOKENS = 8192;

  /** A full pack has one of about so many shapes. */
  private static final int CUDA_BUCKETS = 16;

  public EngineSizing {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(limits, "limits");
  }

  /**
   * Sizes an engine.
   *
   * @param freeBytes free memory of the device; absent on a CPU, or where it is not known
   * @param prefixTokens tokens of each shared prefix
   */
  static EngineSizing of(
      EngineSettings settings,
      Checkpoint checkpoint,
      Device device,
      OptionalLong freeBytes,
      IntSummaryStatistics prefixTokens) {
    boolean cpu = device.equals(Device.CPU);
    Precision stored = Precision.of(checkpoint.tensors().embedding().type());
    Precision precision = settings.precision().orElse(cpu ? Precision.FP32 : stored);
    OptionalLong given = settings.deviceMemory().isPresent() ? settings.deviceMemory() : freeBytes;
    Optional<MemoryPlan> plan =
        cpu || given.isEmpty()
            ? Optional.empty()
            : Optional.of(
                MemoryPlan.of(
                    checkpoint.config(), precision, device, given.getAsLong(), prefixTokens));
    int fitting = cpu ? CPU_PACK_TOKENS : plan.map(MemoryPlan::packTokens).orElse(CUDA_PACK_TOKENS);
    int most = settings.packTokens().orElse(fitting);
    int bucket = settings.packBucket().orElse(cpu ? CPU_PACK_BUCKET : cudaBucket(most));
    // A pass may be rounded up to a whole bucket, and positions run up to the longest request.
    int rows = Math.max(settings.maxTokens(), most) + bucket;
    OptionalLong arena =
        plan.map(found -> OptionalLong.of(found.arenaBytes())).orElse(OptionalLong.empty());
    return new EngineSizing(
        new SessionSettings(device, precision, settings.threads(), rows, arena),
        new PackLimits(most, bucket, (long) settings.maxTokens() * settings.maxTokens()));
  }

  /** Multiples of 64 keep matrix products on the fast path. */
  private static int cudaBucket(int packTokens) {
    return Math.max(CPU_PACK_BUCKET, packTokens / CUDA_BUCKETS / CPU_PACK_BUCKET * CPU_PACK_BUCKET);
  }
}
