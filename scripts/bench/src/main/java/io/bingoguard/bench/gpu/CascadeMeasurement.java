package io.bingoguard.bench.gpu;

import ai.onnxruntime.OrtException;
import io.bingoguard.bench.BenchmarkEngine;
import io.bingoguard.bench.BenchmarkRun;
import io.bingoguard.bench.BenchmarkWorkload;
import io.bingoguard.bench.BenchmarkWorkload.Question;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.EngineCounter;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PassRunner;
import io.bingoguard.session.GuardSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Puts the cascade to one session at several pack sizes. */
final class CascadeMeasurement {
  /**
   * One cascade: binary questions, then severity where a reply was judged harmful.
   *
   * @param answers one for each question, in order
   */
  record Cascade(List<Question> questions, List<Optional<AnswerMeaning>> answers) {
    Cascade {
      questions = List.copyOf(questions);
      answers = List.copyOf(answers);
    }

    long differences(Cascade other) {
      return new BenchmarkRun("", 0, 0, answers)
          .differences(new BenchmarkRun("", 0, 0, other.answers));
    }
  }

  /** Figures, and the answers of the last cascade. */
  record Outcome(CascadeFigures figures, Cascade cascade) {}

  private static final int WARM_UP_QUESTIONS = 32;

  private final GuardSession session;
  private final PassFlops passFlops;
  private final BenchmarkWorkload workload;
  private final GpuBenchmarkOptions.Workload wanted;

  CascadeMeasurement(
      GuardSession session,
      PassFlops passFlops,
      BenchmarkWorkload workload,
      GpuBenchmarkOptions.Workload wanted) {
    this.session = session;
    this.passFlops = passFlops;
    this.workload = workload;
    this.wanted = wanted;
  }

  /**
   * Measures one pack size.
   *
   * @param peak tells the peak of device memory at the end, in MiB
   * @param first the cascade whose answers count as the reference; absent for the first
   */
  Outcome measure(PackLimits limits, LongSupplier peak, Optional<Cascade> first)
      throws OrtException {
    EngineMetrics metrics = new EngineMetrics();
    try (PassRunner passes = new PassRunner(session, limits, metrics)) {
      BenchmarkEngine warmUp = BenchmarkEngine.singlePass(passes::run, limits, true);
      warmUp.answer(workload.oneBehindEachPrefix());
      List<Question> binary = workload.binary();
      warmUp.answer(binary.subList(0, Math.min(WARM_UP_QUESTIONS, binary.size())));

      MeasuredRunner runner = new MeasuredRunner(passes::run, limits, passFlops);
      BenchmarkEngine engine = BenchmarkEngine.singlePass(runner, limits, true);
      EngineMetrics.Snapshot before = metrics.snapshot();
      long start = System.nanoTime();
      Cascade cascade;
      int rounds = 0;
      do {
        cascade = cascade(engine, binary);
        rounds++;
      } while (System.nanoTime() - start < wanted.seconds() * 1_000_000_000L
          || metrics.snapshot().of(EngineCounter.PASSES) - before.of(EngineCounter.PASSES)
              < wanted.passes());
      double seconds = (System.nanoTime() - start) / 1e9;
      EngineMetrics.Snapshot after = metrics.snapshot();
      CascadeFigures figures =
          new CascadeFigures(
              limits.tokens(),
              limits.bucket(),
              (long) rounds * wanted.exchanges(),
              after.of(EngineCounter.REQUESTS) - before.of(EngineCounter.REQUESTS),
              after.of(EngineCounter.PASSES) - before.of(EngineCounter.PASSES),
              seconds,
              (after.of(EngineCounter.FORWARD_NANOS) - before.of(EngineCounter.FORWARD_NANOS))
                  / 1e9,
              after.of(EngineCounter.USEFUL_TOKENS) - before.of(EngineCounter.USEFUL_TOKENS),
              after.of(EngineCounter.COMPUTED_TOKENS) - before.of(EngineCounter.COMPUTED_TOKENS),
              runner.flops(),
              before.of(EngineCounter.PREFIX_NANOS) / 1e9,
              runner.failed(),
              first.isPresent() ? cascade.differences(first.get()) : 0,
              peak.getAsLong());
      return new Outcome(figures, cascade);
    }
  }

  private Cascade cascade(BenchmarkEngine engine, List<Question> binary) throws OrtException {
    List<Question> questions = new ArrayList<>(binary);
    List<Optional<AnswerMeaning>> answers = new ArrayList<>(engine.answer(binary));
    List<Question> severity = workload.severity(answers);
    questions.addAll(severity);
    answers.addAll(engine.answer(severity));
    return new Cascade(questions, answers);
  }
}
