package io.bingoguard.engine;

import io.bingoguard.device.Device;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How an engine works.
 *
 * @param device which device to compute on
 * @param precision number format; absent for the device's default: fp32 on a CPU, the stored one on
 *     a GPU
 * @param threads CPU threads of one forward pass; 0 for one a core
 * @param maxTokens longest request in tokens, answer included
 * @param packTokens tokens of a full forward pass; absent for what suits the device
 * @param packBucket a forward pass computes a multiple of this many tokens; absent for what suits
 *     the device
 * @param batchExchanges exchanges that a partition prepares at a time
 * @param batchesInFlight batches of a partition that are prepared or being scored at once
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
    int batchExchanges,
    int batchesInFlight,
    Duration passTimeout,
    OptionalLong deviceMemory,
    Optional<String> sessionFactory) {

  /** Which device to compute on. */
  public enum DeviceChoice {
    /** The GPU that the process was given, or else the CPU. */
    AUTO,
    CPU,
    /** The GPU that the process was given, or else the first one. */
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
   * The device to compute on.
   *
   * @param gpus addresses of the GPUs that the process was given, of which the first counts
   * @throws io.bingoguard.guard.GuardException GPU_ADDRESS_UNKNOWN
   */
  public Device device(List<String> gpus) {
    if (device == DeviceChoice.CPU) {
      return Device.CPU;
    }
    if (gpus.isEmpty()) {
      return device == DeviceChoice.CUDA ? Device.cuda(0) : Device.CPU;
    }
    String address = gpus.get(0);
    if (!address.matches("[0-9]{1,4}")) {
      throw EngineErrors.gpuAddressUnknown(address);
    }
    return Device.cuda(Integer.parseInt(address));
  }

  /** The same for a process that has so many cores; 0 for all of the machine. */
  public EngineSettings onCores(int cores) {
    return threads > 0 ? this : with(precision, cores, maxTokens);
  }

  /** The same in another number format. */
  EngineSettings in(Precision other) {
    return with(Optional.of(other), threads, maxTokens);
  }

  /** The same with requests of at most so many tokens. */
  EngineSettings upTo(int tokens) {
    return with(precision, threads, Math.min(maxTokens, tokens));
  }

  private EngineSettings with(
      Optional<Precision> otherPrecision, int otherThreads, int otherMaxTokens) {
    return new EngineSettings(
        device,
        otherPrecision,
        otherThreads,
        otherMaxTokens,
        packTokens,
        packBucket,
        batchExchanges,
        batchesInFlight,
        passTimeout,
        deviceMemory,
        sessionFactory);
  }

  /**
   * What opens sessions.
   *
   * @throws io.bingoguard.guard.GuardException {@code SETTING_INVALID}
   */
  SessionFactory sessions() {
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
      throw EngineErrors.sessionFactoryUnusable(name, e);
    }
  }
}
