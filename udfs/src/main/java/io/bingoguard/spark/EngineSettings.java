package io.bingoguard.spark;

import io.bingoguard.model.Checkpoint;
import io.bingoguard.model.Device;
import io.bingoguard.model.Precision;
import io.bingoguard.model.SessionSettings;
import io.bingoguard.score.PackLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The engine's settings, read from Spark's.
 *
 * @param device which device to compute on
 * @param precision number format; absent for the device's default: fp32 on a CPU, the stored one on
 *     a GPU
 * @param threads CPU threads of one forward pass; 0 for one a core
 * @param maxTokens longest request in tokens, answer included
 * @param packTokens tokens of a full forward pass
 * @param packBucket a forward pass computes a multiple of this many tokens
 * @param windowExchanges exchanges that a partition prepares at a time
 * @param windowsInFlight windows of a partition that are prepared or being scored at once
 */
public record EngineSettings(
    DeviceChoice device,
    Optional<Precision> precision,
    int threads,
    int maxTokens,
    int packTokens,
    int packBucket,
    int windowExchanges,
    int windowsInFlight) {

  /** Which device to compute on. */
  public enum DeviceChoice {
    /** The GPU that Spark gave the task, or else the CPU. */
    AUTO,
    CPU,
    /** The GPU that Spark gave the task, or else the first one. */
    CUDA
  }

  public EngineSettings {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(precision, "precision");
  }

  /**
   * Reads settings.
   *
   * @param properties Spark's settings, of which those in {@link EngineProperties} count
   * @throws io.bingoguard.guard.GuardException {@code SETTING_INVALID}
   */
  public static EngineSettings from(Map<String, String> properties) {
    SettingReader reader = new SettingReader(properties);
    String precision =
        reader.word(
            EngineProperties.PRECISION,
            EngineProperties.PRECISION_DEFAULT,
            List.of("auto", "fp32", "fp16", "bf16"));
    return new EngineSettings(
        DeviceChoice.valueOf(
            reader
                .word(
                    EngineProperties.DEVICE,
                    EngineProperties.DEVICE_DEFAULT,
                    List.of("auto", "cpu", "cuda"))
                .toUpperCase(Locale.ROOT)),
        Arrays.stream(Precision.values()).filter(p -> p.key().equals(precision)).findFirst(),
        reader.number(EngineProperties.THREADS, EngineProperties.THREADS_DEFAULT, 0, 1024),
        reader.number(EngineProperties.MAX_TOKENS, EngineProperties.MAX_TOKENS_DEFAULT, 16, 131072),
        reader.number(
            EngineProperties.PACK_TOKENS, EngineProperties.PACK_TOKENS_DEFAULT, 1, 131072),
        reader.number(EngineProperties.PACK_BUCKET, EngineProperties.PACK_BUCKET_DEFAULT, 1, 8192),
        reader.number(
            EngineProperties.WINDOW_EXCHANGES, EngineProperties.WINDOW_EXCHANGES_DEFAULT, 1, 65536),
        reader.number(
            EngineProperties.WINDOWS_IN_FLIGHT, EngineProperties.WINDOWS_IN_FLIGHT_DEFAULT, 1, 64));
  }

  /** The device of a process that Spark gives no GPU: the first one if CUDA is asked for. */
  public Device localDevice() {
    return device == DeviceChoice.CUDA ? Device.cuda(0) : Device.CPU;
  }

  /** How a session for a checkpoint is opened on a device. */
  public SessionSettings session(Checkpoint checkpoint, Device opened) {
    Precision stored = Precision.of(checkpoint.tensors().embedding().type());
    // A pass may be rounded up to a whole bucket, and positions run up to the longest request.
    int rows = Math.max(maxTokens, packTokens) + packBucket;
    return new SessionSettings(
        opened,
        precision.orElse(opened.equals(Device.CPU) ? Precision.FP32 : stored),
        threads,
        rows);
  }

  /** How much goes into a pass. */
  public PackLimits packLimits() {
    return new PackLimits(packTokens, packBucket, (long) maxTokens * maxTokens);
  }
}
