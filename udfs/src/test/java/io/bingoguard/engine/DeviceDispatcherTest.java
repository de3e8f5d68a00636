package io.bingoguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.bingoguard.score.AnswerChoices;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.score.LeftOut;
import io.bingoguard.score.PackBudget;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.score.SharedPrefix;
import io.bingoguard.score.TestChoices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeviceDispatcherTest {
  private static final PackLimits LIMITS = new PackLimits(64, 1, 1 << 20);
  private static final AnswerChoices CHOICES = TestChoices.safeOrUnsafe();

  @Test
  void answersEveryTaskFromOneThread() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (DeviceDispatcher dispatcher =
        dispatcher(
            pack -> {
              threads.add(Thread.currentThread());
              return pack.stream().map(DeviceDispatcherTest::echo).toList();
            })) {
      ExecutorService tasks = Executors.newFixedThreadPool(4);
      List<Future<Integer>> done = new ArrayList<>();
      for (int task = 0; task < 4; task++) {
        done.add(
            tasks.submit(
                () -> {
                  int right = 0;
                  for (int round = 0; round < 50; round++) {
                    List<ScoreRequest> requests = List.of(request(3), request(40), request(70));
                    List<CompletableFuture<ChoiceScores>> scores = dispatcher.submit(requests);
                    for (int i = 0; i < requests.size(); i++) {
                      right += scores.get(i).get().equals(echo(requests.get(i))) ? 1 : 0;
                    }
                  }
                  return right;
                }));
      }
      for (Future<Integer> task : done) {
        assertThat(task.get()).isEqualTo(150);
      }
      tasks.shutdown();
    }
    assertThat(threads).hasSize(1);
  }

  @Test
  void tellsThoseWhoWaitWhenItIsClosed() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    DeviceDispatcher dispatcher =
        dispatcher(
            pack -> {
              running.countDown();
              awaitUninterruptibly(go);
              return pack.stream().map(DeviceDispatcherTest::echo).toList();
            });
    List<CompletableFuture<ChoiceScores>> scores =
        dispatcher.submit(List.of(request(60), request(61)));
    running.await();
    go.countDown();
    dispatcher.close();

    for (CompletableFuture<ChoiceScores> score : scores) {
      assertThat(score.isDone()).isTrue();
    }
    CompletableFuture<ChoiceScores> late = dispatcher.submit(List.of(request(2))).get(0);
    assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EngineStoppedException.class);
  }

  @Test
  void anErrorOfTheThreadReachesEveryRequest() {
    try (DeviceDispatcher dispatcher =
        dispatcher(
            pack -> {
              throw new OutOfMemoryError("injected");
            })) {
      for (CompletableFuture<ChoiceScores> score :
          dispatcher.submit(List.of(request(60), request(61), request(62)))) {
        assertThatThrownBy(score::get)
            .hasCauseInstanceOf(EngineStoppedException.class)
            .hasMessageContaining("injected");
      }
    }
  }

  @Test
  void aHangingPassFailsThoseWhoWaitAndIsToldOnce() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<EngineStoppedException> told = new LinkedBlockingQueue<>();
    AtomicReference<DeviceDispatcher> hanging = new AtomicReference<>();
    EngineStoppedException cause = new EngineStoppedException(EngineErrors.passTimedOut("test", 1));
    try (PassWatchdog watchdog =
        new PassWatchdog(
            pack -> {
              awaitUninterruptibly(release);
              return pack.stream().map(DeviceDispatcherTest::echo).toList();
            },
            Duration.ofMillis(200),
            () -> hanging.get().fail(cause))) {
      hanging.set(dispatcher(watchdog, told::add));
      List<CompletableFuture<ChoiceScores>> scores =
          hanging.get().submit(List.of(request(60), request(61)));

      for (CompletableFuture<ChoiceScores> score : scores) {
        assertThatThrownBy(() -> score.get(30, TimeUnit.SECONDS))
            .hasCause(cause)
            .hasMessageContaining("PASS_TIMED_OUT");
      }
      assertThat(told.poll(30, TimeUnit.SECONDS)).isSameAs(cause);
      release.countDown();
      assertThat(hanging.get().end()).isTrue();
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aDeviceFailureFailsEveryRequestAndIsTold() {
    List<EngineStoppedException> told = new CopyOnWriteArrayList<>();
    try (DeviceDispatcher dispatcher =
        dispatcher(
            pack -> {
              throw new OrtException("CUDA failure 700: an illegal memory access");
            },
            told::add)) {
      for (CompletableFuture<ChoiceScores> score :
          dispatcher.submit(List.of(request(60), request(61)))) {
        assertThatThrownBy(score::get)
            .hasCauseInstanceOf(EngineStoppedException.class)
            .hasMessageContaining("DEVICE_FAILED")
            .hasMessageContaining("illegal memory access");
      }
    }
    assertThat(told).hasSize(1);
  }

  private static DeviceDispatcher dispatcher(PackWorker.Runner runner) {
    return dispatcher(runner, cause -> {});
  }

  private static DeviceDispatcher dispatcher(
      PackWorker.Runner runner, Consumer<EngineStoppedException> failed) {
    EngineMetrics metrics = new EngineMetrics();
    PackBudget budget = new PackBudget(LIMITS);
    return new DeviceDispatcher(
        "test", budget, new PackWorker(runner, budget, metrics), metrics, new TaskCount(), failed);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ScoreRequest request(int tokens) {
    return new ScoreRequest(SharedPrefix.NONE, new int[tokens], CHOICES, LeftOut.NONE);
  }

  private static ChoiceScores echo(ScoreRequest request) {
    List<ChoiceScores.StepScores> steps = new ArrayList<>();
    for (int i = 0; i < request.tokens().length; i++) {
      steps.add(STEP);
    }
    return new ChoiceScores(steps);
  }

  private static final ChoiceScores.StepScores STEP =
      new ChoiceScores.StepScores(new double[0], 0, 0);
}
