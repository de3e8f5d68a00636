package io.bingoguard.bench.gpu;

import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.bench.BenchmarkWorkload;
import io.bingoguard.bench.BenchmarkWorkload.Question;
import io.bingoguard.bench.EngineDefaults;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.Device;
import io.bingoguard.guard.GuardException;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.DirectScorer;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PassRunner;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Scores the same requests on a device in every precision, in full packs and one by one, and
 * compares the log-probabilities with those of the CPU in fp32.
 */
final class ParityCheck {
  /** What a comparison allows in fp32 on a CPU, where only the order of sums differs. */
  private static final double FP32_ALLOWED = 1e-3;

  /**
   * In fp16, and in fp32 on CUDA, where products are taken in TF32 with as many bits. On a CPU
   * transformers differs from its own fp32 by 0.04 on this checkpoint, this engine by 0.07.
   */
  private static final double FP16_ALLOWED = 0.2;

  /** In bf16, with three bits fewer: transformers on a CPU differs from its own fp32 by 0.3. */
  private static final double BF16_ALLOWED = 1.0;

  private static final int EXCHANGES = 24;
  private static final int MEAN_TEXT_TOKENS = 120;
  private static final long SEED = 11;
  private static final PackLimits PACKED = EngineDefaults.CPU_LIMITS;
  private static final PackLimits ALONE = new PackLimits(1, 64, 1);

  private final Checkpoint checkpoint;
  private final Device device;
  private final int threads;
  private final List<ScoreRequest> requests;
  private final List<ScoreDifferences> differences = new ArrayList<>();
  private final Map<Precision, String> refused = new EnumMap<>(Precision.class);

  ParityCheck(BenchmarkModel model, Checkpoint checkpoint, Device device, int threads) {
    this.checkpoint = checkpoint;
    this.device = device;
    this.threads = threads;
    BenchmarkWorkload workload = new BenchmarkWorkload(model, EXCHANGES, MEAN_TEXT_TOKENS, SEED);
    List<Question> questions = new ArrayList<>(workload.binary());
    questions.addAll(workload.oneBehindEachPrefix());
    questions.addAll(workload.severityBehind(600));
    this.requests = questions.stream().map(Question::request).toList();
  }

  /** Makes all comparisons. */
  void run() {
    List<ChoiceScores> reference;
    try (GuardSession session = open(Device.CPU, Precision.FP32)) {
      reference = scores(session, PACKED);
      if (device.equals(Device.CPU)) {
        add("fp32 alone / packed", reference, scores(session, ALONE), FP32_ALLOWED);
      }
    }
    List<ChoiceScores> full = reference;
    for (Precision precision : Precision.values()) {
      if (device.equals(Device.CPU) && precision == Precision.FP32) {
        continue;
      }
      String name = precision.key();
      try (GuardSession session = open(device, precision)) {
        List<ChoiceScores> packed = scores(session, PACKED);
        add(name + " / fp32 on the CPU", reference, packed, allowed(precision));
        if (precision == Precision.FP32) {
          full = packed;
        } else if (!device.equals(Device.CPU)) {
          add(name + " / fp32 on the device", full, packed, allowed(precision));
        }
        add(name + " alone / packed", packed, scores(session, ALONE), allowed(precision));
      } catch (GuardException e) {
        refused.put(precision, e.getMessage());
      } catch (CompletionException e) {
        refused.put(precision, e.getCause().getMessage());
      }
    }
  }

  private GuardSession open(Device on, Precision precision) {
    return GuardSession.open(
        checkpoint,
        new SessionSettings(on, precision, threads, EngineDefaults.MAX_TOKENS + PACKED.bucket()));
  }

  private List<ChoiceScores> scores(GuardSession session, PackLimits limits) {
    try (PassRunner runner = new PassRunner(session, limits, new EngineMetrics())) {
      return new DirectScorer(runner::run, limits)
          .submit(requests).stream().map(CompletableFuture::join).toList();
    }
  }

  private void add(
      String compared, List<ChoiceScores> expected, List<ChoiceScores> seen, double allowed) {
    differences.add(ScoreDifferences.between(compared, requests, expected, seen, allowed));
  }

  private static double allowed(Precision precision) {
    return precision == Precision.BF16 ? BF16_ALLOWED : FP16_ALLOWED;
  }

  List<ScoreDifferences> differences() {
    return List.copyOf(differences);
  }

  /** Precisions that the device does not compute in, with the reason. */
  Map<Precision, String> refused() {
    return Map.copyOf(refused);
  }
}
