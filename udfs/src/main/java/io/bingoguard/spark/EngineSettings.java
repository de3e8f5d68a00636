package io.bingoguard.spark;

import io.bingoguard.guard.GuardErrors;
import io.bingoguard.model.Device;
import io.bingoguard.model.GuardSession;
import io.bingoguard.model.Precision;
import io.bingoguard.model.SessionFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The engine's settings, read from Spark's.
 *
 * @param device which device to compute on
 * @param precision number format; absent for the device's default: fp32 on a CPU, the stored one on
 *     a GPU
 * @param threads CPU threads of one forward pass; 0 for one a core
 * @param maxTokens longest request in tokens, answer included
 * @param packTokens tokens of a full forward pass; absent for what suits the device
 * @param packBucket a forward pass computes a multiple of this many tokens; absent for what suits
 *     the device
 * @param windowExchanges exchanges that a partition prepares at a time
 * @param windowsInFlight windows of a partition that are prepared or being scored at once
 * @param passTimeout a pass that takes longer says that the device hangs
 * @param deviceMemory bytes of a GPU that may be used; absent for what is free
 * @param sessionFactory class name of a {@link SessionFactory}; absent for ONNX Runtime
 */
public record EngineSettings(
    DeviceChoice device,
    Optional<Precision> precision,
    int threads,
    int maxTokens,
    OptionalInt packTokens,
    OptionalInt packBucket,
    int windowExchanges,
    int windowsInFlight,
    Duration passTimeout,
    OptionalLong deviceMemory,
    Optional<String> sessionFactory) {
  private static final String MOST_MEMORY = "1t";

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
    Objects.requireNonNull(packTokens, "packTokens");
    Objects.requireNonNull(packBucket, "packBucket");
    Objects.requireNonNull(passTimeout, "passTimeout");
    Objects.requireNonNull(deviceMemory, "deviceMemory");
    Objects.requireNonNull(sessionFactory, "sessionFactory");
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
        reader.numberOrAuto(EngineProperties.PACK_TOKENS, 1, 131072),
        reader.numberOrAuto(EngineProperties.PACK_BUCKET, 1, 8192),
        reader.number(
            EngineProperties.WINDOW_EXCHANGES, EngineProperties.WINDOW_EXCHANGES_DEFAULT, 1, 65536),
        reader.number(
            EngineProperties.WINDOWS_IN_FLIGHT, EngineProperties.WINDOWS_IN_FLIGHT_DEFAULT, 1, 64),
        reader.time(EngineProperties.PASS_TIMEOUT, EngineProperties.PASS_TIMEOUT_DEFAULT),
        reader.bytesOrAuto(EngineProperties.DEVICE_MEMORY, MOST_MEMORY),
        reader
            .given(EngineProperties.SESSION_FACTORY)
            .filter(name -> !name.equals(EngineProperties.SESSION_FACTORY_DEFAULT)));
  }

  /**
   * What opens sessions.
   *
   * @throws io.bingoguard.guard.GuardException {@code SETTING_INVALID}
   */
  public SessionFactory sessions() {
    if (sessionFactory.isEmpty()) {
      return GuardSession::open;
    }
    String name = sessionFactory.get();
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return Class.forName(name, true, loader)
          .asSubclass(SessionFactory.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw GuardErrors.sessionFactoryUnusable(EngineProperties.SESSION_FACTORY, name, e);
    }
  }

  /** The device of a process that Spark gives no GPU: the first one if CUDA is asked for. */
  public Device localDevice() {
    return device == DeviceChoice.CUDA ? Device.cuda(0) : Device.CPU;
  }
}
