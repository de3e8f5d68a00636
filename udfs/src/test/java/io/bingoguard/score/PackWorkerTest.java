package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackWorkerTest {
  private static final AnswerChoices CHOICES = AnswerChoicesTest.choices("safe", "unsafe S1");
  private static final PackLimits LIMITS = new PackLimits(4096, 64, 1 << 24);

  private final PackBudget budget = new PackBudget(LIMITS);
  private final EngineMetrics metrics = new EngineMetrics();

  @Test
  void aRequestThatCannotBeScoredFailsAlone() {
    List<PackQueue.Waiting> pack = pack(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);

    worker(failingOn(7), Optional.of(request(1))).work(pack);

    for (PackQueue.Waiting waiting : pack) {
      boolean poisoned = waiting.request().tokens().length == 7;
      assertThat(waiting.scores().isDone()).isTrue();
      assertThat(waiting.scores().isCompletedExceptionally()).isEqualTo(poisoned);
      if (poisoned) {
        assertThat(failure(waiting).code()).isEqualTo(ErrorCode.PASS_FAILED);
      }
    }
  }

  @Test
  void aSessionThatFailsAHarmlessRequestTooIsBrokenAndNoRowIsBlamed() {
    List<PackQueue.Waiting> pack = pack(2, 3, 4);

    assertThatThrownBy(
            () ->
                worker(
                        requests -> {
                          throw new OrtException("the session is closed");
                        },
                        Optional.of(request(1)))
                    .work(pack))
        .isInstanceOf(EngineStoppedException.class)
        .hasMessageContaining("SESSION_BROKEN")
        .hasMessageContaining("the session is closed");
    assertThat(pack).noneMatch(waiting -> waiting.scores().isDone());
  }

  @Test
  void aDeviceThatCannotHoldWhatIsSharedIsToldAsThat() {
    assertThatThrownBy(
            () ->
                worker(
                        requests -> {
                          if (requests.get(0).tokens().length > 1) {
                            throw new OrtException("the request fails");
                          }
                          throw ErrorCode.PREFIX_EXCEEDS_MEMORY.error("no room");
                        },
                        Optional.of(request(1)))
                    .work(pack(2)))
        .isInstanceOf(EngineStoppedException.class)
        .hasMessageContaining("PREFIX_EXCEEDS_MEMORY")
        .hasMessageNotContaining("SESSION_BROKEN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 700: an illegal memory access was encountered",
        "CUBLAS failure 13: CUBLAS_STATUS_EXECUTION_FAILED",
        "CUDA error 719: unspecified launch failure"
      })
  void aDeviceFailureIsToldApartAtTheFirstPass(String words) {
    List<List<ScoreRequest>> passes = new ArrayList<>();
    List<PackQueue.Waiting> pack = pack(2, 3, 4);

    assertThatThrownBy(
            () ->
                worker(
                        requests -> {
                          passes.add(requests);
                          throw new OrtException(words);
                        },
                        Optional.empty())
                    .work(pack))
        .isInstanceOf(EngineStoppedException.class)
        .hasMessageContaining("DEVICE_FAILED");
    assertThat(passes).hasSize(1);
  }

  /** Whatever fits is scored, whatever does not fit alone is an error, and nothing is lost. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void packsThatExceedTheMemoryAreHalvedUntilTheyFit(long seed) {
    Random random = new Random(seed);
    int memory = 50 + random.nextInt(400);
    List<PackQueue.Waiting> pack =
        pack(IntStream.range(0, 40).map(i -> 1 + random.nextInt(memory + 20)).toArray());

    worker(fitting(memory), Optional.of(request(1))).work(pack);

    for (PackQueue.Waiting waiting : pack) {
      boolean fits = waiting.request().passTokens() <= memory;
      assertThat(waiting.scores().isDone()).isTrue();
      assertThat(waiting.scores().isCompletedExceptionally()).isEqualTo(!fits);
      if (!fits) {
        assertThat(failure(waiting).code()).isEqualTo(ErrorCode.REQUEST_EXCEEDS_MEMORY);
      }
    }
    assertThat(metrics.snapshot().of(EngineCounter.OUT_OF_MEMORY)).isPositive();
  }

  @Test
  void whatDidNotFitOnceIsNotTriedAgain() {
    PackQueue queue = new PackQueue(budget);
    PackWorker worker = worker(fitting(1000), Optional.empty());
    long before = 0;
    for (int round = 0; round < 3; round++) {
      pack(IntStream.generate(() -> 100).limit(60).toArray()).forEach(queue::add);
      for (List<PackQueue.Waiting> next = queue.next(); !next.isEmpty(); next = queue.next()) {
        worker.work(next);
      }
      if (round == 0) {
        before = metrics.snapshot().of(EngineCounter.OUT_OF_MEMORY);
        assertThat(before).isPositive();
      }
    }
    assertThat(metrics.snapshot().of(EngineCounter.OUT_OF_MEMORY)).isEqualTo(before);
    assertThat(budget.limits().tokens()).isBetween(500, 1100);
  }

  private PackWorker worker(PackWorker.Runner runner, Optional<ScoreRequest> canary) {
    return new PackWorker(runner, budget, metrics, canary);
  }

  private static PackWorker.Runner failingOn(int length) {
    return requests -> {
      if (requests.stream().anyMatch(request -> request.tokens().length == length)) {
        throw new OrtException("injected");
      }
      return scores(requests);
    };
  }

  private static PackWorker.Runner fitting(int tokens) {
    return requests -> {
      if (requests.stream().mapToInt(ScoreRequest::passTokens).sum() > tokens) {
        throw new OrtException("BFCArena: Failed to allocate memory for requested buffer");
      }
      return scores(requests);
    };
  }

  private static List<ChoiceScores> scores(List<ScoreRequest> requests) {
    return requests.stream().map(request -> new ChoiceScores(List.of())).toList();
  }

  private static GuardException failure(PackQueue.Waiting waiting) {
    List<Throwable> caught = new ArrayList<>();
    assertThat(waiting.scores())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .satisfies(thrown -> caught.add(thrown.getCause()));
    return (GuardException) caught.get(0);
  }

  private static List<PackQueue.Waiting> pack(int... lengths) {
    return IntStream.of(lengths)
        .mapToObj(tokens -> new PackQueue.Waiting(request(tokens)))
        .toList();
  }

  private static ScoreRequest request(int tokens) {
    return new ScoreRequest(SharedPrefix.NONE, new int[tokens], CHOICES, LeftOut.NONE);
  }
}
