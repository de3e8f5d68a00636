package io.bingoguard.doctor;

import io.bingoguard.doctor.Check.Status;
import io.bingoguard.model.CudaFinding;
import io.bingoguard.model.CudaProbe;
import io.bingoguard.model.CudaReport;
import io.bingoguard.model.Device;
import io.bingoguard.model.DeviceMemory;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.model.OnnxRuntime;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.spark.EngineSettings.DeviceChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** ONNX Runtime, CUDA where it concerns this process, and a pass on the device it will take. */
final class DeviceChecks {
  private final EngineSettings settings;
  private final OptionalInt given;

  /**
   * Checks for a process.
   *
   * @param given the GPU that Spark gave the task
   */
  DeviceChecks(EngineSettings settings, OptionalInt given) {
    this.settings = settings;
    this.given = given;
  }

  /**
   * Looks at everything.
   *
   * @param bundle a model to score a request with; without one no session is opened
   */
  List<Check> all(Optional<ModelBundle> bundle) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.ok(
            "onnx runtime",
            "ONNX Runtime %s, artifact %s with %s"
                .formatted(
                    OnnxRuntime.version(),
                    CudaProbe.gpuArtifact() ? "onnxruntime_gpu" : "onnxruntime",
                    String.join(", ", OnnxRuntime.providers()))));
    Device device = device();
    Optional<Check> pass = bundle.map(model -> PassCheck.of(model, settings, device));
    if (device.cudaOrdinal().isPresent()) {
      // A pass that succeeds on the GPU knows better than a search for files.
      boolean works = pass.filter(check -> check.status() != Status.FAILED).isPresent();
      checks.addAll(
          cuda(
              CudaProbe.probe(device.cudaOrdinal().getAsInt()),
              works ? Status.WARNING : Status.FAILED));
    } else if (settings.device() == DeviceChoice.AUTO && CudaProbe.gpuArtifact()) {
      checks.addAll(cuda(CudaProbe.probe(0), Status.WARNING));
      checks.add(
          Check.warning(
              "device",
              "the CPU, although this is the GPU artifact: Spark gave no GPU",
              "set spark.bingoguard.device=cuda, or let Spark schedule GPUs"));
    }
    pass.map(DeviceChecks::withoutRepeating).ifPresent(checks::add);
    return checks;
  }

  private Device device() {
    return settings.device() != DeviceChoice.CPU && given.isPresent()
        ? Device.cuda(given.getAsInt())
        : settings.localDevice();
  }

  static List<Check> cuda(CudaReport report, Status missing) {
    List<Check> checks = new ArrayList<>();
    for (CudaFinding finding : report.findings()) {
      checks.add(
          new Check(
              "cuda: " + finding.subject(),
              finding.good() ? Status.OK : missing,
              finding.seen(),
              finding.remedy().orElse("")));
    }
    DeviceMemory.of(report.ordinal())
        .ifPresent(
            memory ->
                checks.add(
                    Check.ok(
                        "cuda: memory of device " + report.ordinal(),
                        Sizes.of(memory.freeBytes())
                            + " free of "
                            + Sizes.of(memory.totalBytes()))));
    return checks;
  }

  /** The error of the session lists again what the checks of CUDA say one by one. */
  private static Check withoutRepeating(Check pass) {
    return pass.seen().startsWith("error [CUDA_NOT_USABLE]")
        ? Check.failed(pass.name(), "no session: see what failed for cuda", "")
        : pass;
  }
}
