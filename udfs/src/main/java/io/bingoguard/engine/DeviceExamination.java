package io.bingoguard.engine;

import com.sun.management.OperatingSystemMXBean;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.CudaFinding;
import io.bingoguard.device.CudaProbe;
import io.bingoguard.device.CudaReport;
import io.bingoguard.device.Device;
import io.bingoguard.device.DeviceMemory;
import io.bingoguard.device.OnnxRuntime;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.session.Precision;
import io.bingoguard.session.ProfiledSessions;
import io.bingoguard.session.SessionSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a process finds of the device it would judge on: ONNX Runtime, CUDA where it matters, and a
 * pass of a model. Goes on after what is wrong.
 */
public final class DeviceExamination {
  private static final String CUDA = "CUDAExecutionProvider";

  /** How what was looked at stands, the worst last. */
  public enum State {
    OK,
    WARNING,
    FAILED
  }

  /**
   * One thing that was looked at.
   *
   * @param subject what it is, in a few words
   * @param state how it stands
   * @param seen what was found
   * @param remedy what to do about it; empty when there is nothing to do or {@code seen} says it
   */
  public record Finding(String subject, State state, String seen, String remedy) {
    public Finding {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(seen, "seen");
      Objects.requireNonNull(remedy, "remedy");
    }
  }

  private final EngineSettings settings;
  private final Device device;

  private DeviceExamination(EngineSettings settings, Device device) {
    this.settings = settings;
    this.device = device;
  }

  /**
   * Looks at everything.
   *
   * @param gpus addresses of the GPUs that the process was given
   * @param model the model to score a request with; without one no session is opened
   * @param cache brings its files to this host
   */
  public static List<Finding> examine(
      EngineSettings settings, List<String> gpus, Optional<ModelRef> model, ModelCache cache) {
    return new DeviceExamination(settings, settings.device(gpus)).findings(model, cache);
  }

  private List<Finding> findings(Optional<ModelRef> model, ModelCache cache) {
    Optional<Finding> pass = model.map(named -> pass(named, cache));
    List<Finding> findings = new ArrayList<>();
    findings.add(runtime());
    if (device.cudaOrdinal().isPresent()) {
      // A pass that succeeds on the GPU knows better than a search for files.
      boolean works = pass.filter(finding -> finding.state() != State.FAILED).isPresent();
      int ordinal = device.cudaOrdinal().getAsInt();
      findings.addAll(cuda(CudaProbe.probe(ordinal), works ? State.WARNING : State.FAILED));
    } else if (settings.device() == EngineSettings.DeviceChoice.AUTO && CudaProbe.gpuArtifact()) {
      findings.addAll(cuda(CudaProbe.probe(0), State.WARNING));
      findings.add(
          new Finding(
              "device",
              State.WARNING,
              "the CPU, although this is the GPU artifact: Spark gave no GPU",
              "set spark.bingoguard.device=cuda, or let Spark schedule GPUs"));
    }
    pass.ifPresent(findings::add);
    return findings;
  }

  private static Finding runtime() {
    String seen =
        "ONNX Runtime %s, artifact %s with %s"
            .formatted(
                OnnxRuntime.version(),
                CudaProbe.gpuArtifact() ? "onnxruntime_gpu" : "onnxruntime",
                String.join(", ", OnnxRuntime.providers()));
    return new Finding("onnx runtime", State.OK, seen, "");
  }

  static List<Finding> cuda(CudaReport report, State missing) {
    List<Finding> findings = new ArrayList<>();
    for (CudaFinding finding : report.findings()) {
      findings.add(
          new Finding(
              "cuda: " + finding.subject(),
              finding.good() ? State.OK : missing,
              finding.seen(),
              finding.remedy().orElse("")));
    }
    DeviceMemory.of(report.ordinal())
        .ifPresent(
            memory ->
                findings.add(
                    new Finding(
                        "cuda: memory of device " + report.ordinal(),
                        State.OK,
                        "%,d MiB free of %,d MiB"
                            .formatted(memory.freeBytes() >> 20, memory.totalBytes() >> 20),
                        "")));
    return findings;
  }

  /** Opens a model, scores one short request, and sees which provider of ONNX Runtime did it. */
  private Finding pass(ModelRef model, ModelCache cache) {
    String subject = "pass on " + device;
    try (ProfiledSessions profiled = new ProfiledSessions();
        LoadedModel loaded =
            new LoadedModel(
                model,
                settings,
                device,
                cache,
                (checkpoint, session) -> {
                  refuseTooLarge(checkpoint, session);
                  return profiled.open(checkpoint, session);
                })) {
      loaded.scoreAlone(
          List.of(Question.binary(GuardTask.PROMPT, Exchange.ofPrompt("Hello"))), any -> {});
      return judged(subject, loaded.precision(), profiled.operators());
    } catch (RuntimeException | LinkageError e) {
      // The error of a session without CUDA lists again what the findings of CUDA say one by one.
      return new Finding(
          subject,
          State.FAILED,
          e instanceof GuardException refused && refused.code() == ErrorCode.CUDA_NOT_USABLE
              ? "no session: see what failed for cuda"
              : GuardException.described(e),
          "");
    }
  }

  private Finding judged(
      String subject, Precision precision, Map<String, Map<String, Integer>> operators) {
    String seen =
        "one request in %s: %s"
            .formatted(
                precision.key(),
                operators.entrySet().stream()
                    .map(entry -> runs(entry.getValue()) + " operators by " + entry.getKey())
                    .collect(Collectors.joining(", ")));
    int onCuda = runs(operators.getOrDefault(CUDA, Map.of()));
    int all = operators.values().stream().mapToInt(DeviceExamination::runs).sum();
    return device.cudaOrdinal().isPresent() && 2 * onCuda < all
        ? new Finding(
            subject,
            State.FAILED,
            seen,
            "most of the model is not on the GPU; take precision auto, fp16 or bf16")
        : new Finding(subject, State.OK, seen, "");
  }

  private static int runs(Map<String, Integer> byOperator) {
    return byOperator.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Weights that do not fit into this machine would end the process. */
  private static void refuseTooLarge(Checkpoint checkpoint, SessionSettings session) {
    if (!session.device().equals(Device.CPU)) {
      return;
    }
    // Weights that are stored in 16 bits are cast to fp32 on a CPU.
    boolean widened =
        session.precision() == Precision.FP32
            && Precision.of(checkpoint.tensors().embedding().type()) != Precision.FP32;
    long stored = checkpoint.files().stream().mapToLong(file -> file.toFile().length()).sum();
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    long weights = widened ? 2 * stored : stored;
    if (weights > machine) {
      throw EngineErrors.weightsExceedMachine(weights, session.precision().key(), machine);
    }
  }
}
