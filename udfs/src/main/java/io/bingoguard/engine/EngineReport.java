package io.bingoguard.engine;

import io.bingoguard.score.EngineMetrics;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one engine of one executor has done since it was opened.
 *
 * @param executorId Spark's id of the executor; {@code driver} in local mode
 * @param host the executor's machine
 * @param addresses GPU addresses that Spark gave to the tasks that used the engine, sorted
 * @param device what it computes on: {@code cpu} or {@code cuda:0} and so on
 * @param provider ONNX Runtime's execution provider that the session runs on
 * @param precision number format it computes in
 * @param sessionsOpened sessions that the executor has opened on this device
 * @param modelSource {@code demo}, {@code in_place}, {@code found} or {@code copied}
 * @param copiedBytes bytes that were copied for the model; 0 unless copied
 * @param deviceMemoryBytes memory of the GPU that is taken, by anybody; 0 on a CPU, or where it is
 *     not known
 * @param packTokens most tokens of a pass at present; shrinks when memory runs out
 * @param seconds wall time since the engine was opened
 * @param metrics its counters
 */
public record EngineReport(
    String executorId,
    String host,
    List<String> addresses,
    String device,
    String provider,
    String precision,
    int sessionsOpened,
    String modelSource,
    long copiedBytes,
    long deviceMemoryBytes,
    int packTokens,
    double seconds,
    EngineMetrics.Snapshot metrics)
    implements Serializable {
  public EngineReport {
    Objects.requireNonNull(executorId, "executorId");
    Objects.requireNonNull(host, "host");
    addresses = List.copyOf(addresses);
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(modelSource, "modelSource");
    Objects.requireNonNull(metrics, "metrics");
  }

  /**
   * What it is, by the names of columns and fields; what it did is told by {@link EngineFigure}.
   */
  public Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("executor_id", executorId);
    identity.put("host", host);
    identity.put("gpu_addresses", addresses.toArray(String[]::new));
    identity.put("device", device);
    identity.put("provider", provider);
    identity.put("precision", precision);
    identity.put("sessions_opened", sessionsOpened);
    identity.put("model_source", modelSource);
    identity.put("copied_bytes", copiedBytes);
    return identity;
  }
}
