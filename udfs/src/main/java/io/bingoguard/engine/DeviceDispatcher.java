package io.bingoguard.engine;

import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.EngineCounter;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.score.PackBudget;
import io.bingoguard.score.PackQueue;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.RequestScorer;
import io.bingoguard.score.ScoreRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thread that runs passes on a device. Tasks that share the device hand their requests
 * over; packs fill up across them.
 */
final class DeviceDispatcher implements RequestScorer, AutoCloseable {
  /** A pass that takes longer than this to end keeps its thread, and its session stays open. */
  private static final long CLOSE_SECONDS = 60;

  private final BlockingQueue<List<PackQueue.Waiting>> arrivals = new LinkedBlockingQueue<>();
  private final Set<PackQueue.Waiting> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final PackQueue queue;
  private final PackWorker worker;
  private final EngineMetrics metrics;
  private final TaskCount tasks;
  private final Consumer<EngineStoppedException> failed;
  private final Thread thread;
  private volatile EngineStoppedException stopped;

  /**
   * Starts the thread.
   *
   * @param device names the thread
   * @param budget limits of the packs that the worker gets
   * @param tasks who is at work: a device is idle only while somebody is
   * @param failed told once if the device fails, after those who wait are told
   */
  DeviceDispatcher(
      String device,
      PackBudget budget,
      PackWorker worker,
      EngineMetrics metrics,
      TaskCount tasks,
      Consumer<EngineStoppedException> failed) {
    this.queue = new PackQueue(budget);
    this.worker = worker;
    this.metrics = metrics;
    this.tasks = tasks;
    this.failed = failed;
    this.thread = new Thread(this::dispatch, "bingoguard-" + device);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public List<CompletableFuture<ChoiceScores>> submit(List<ScoreRequest> requests) {
    List<PackQueue.Waiting> batch = requests.stream().map(PackQueue.Waiting::new).toList();
    synchronized (open) {
      if (stopped == null) {
        open.addAll(batch);
        arrivals.add(batch);
      }
    }
    if (stopped != null) {
      // Does nothing to those that the stop has told already.
      batch.forEach(waiting -> waiting.scores().completeExceptionally(stopped));
    }
    return batch.stream().map(PackQueue.Waiting::scores).toList();
  }

  private void dispatch() {
    try {
      while (stopped == null) {
        for (List<PackQueue.Waiting> batch = arrivals.poll();
            batch != null;
            batch = arrivals.poll()) {
          batch.forEach(queue::add);
        }
        List<PackQueue.Waiting> pack = queue.next();
        if (pack.isEmpty()) {
          await().forEach(queue::add);
        } else {
          work(pack);
        }
      }
    } catch (InterruptedException e) {
      stop(new EngineStoppedException("the engine was closed", e));
    } catch (EngineStoppedException e) {
      fail(e);
    } catch (Throwable e) {
      fail(new EngineStoppedException("the engine's thread failed: " + e.getMessage(), e));
    }
  }

  private List<PackQueue.Waiting> await() throws InterruptedException {
    long start = System.nanoTime();
    List<PackQueue.Waiting> batch = arrivals.take();
    metrics.add(EngineCounter.WAIT_NANOS, tasks.atWorkSince(start));
    return batch;
  }

  private void work(List<PackQueue.Waiting> pack) {
    long now = System.nanoTime();
    metrics.add(
        EngineCounter.QUEUE_NANOS, pack.stream().mapToLong(waiting -> now - waiting.since()).sum());
    worker.work(pack);
    synchronized (open) {
      // Requests that nobody waits for any more count as done too.
      open.removeIf(waiting -> waiting.scores().isDone());
    }
  }

  /** Stops at once, whatever the thread is doing, and says why. */
  void fail(EngineStoppedException cause) {
    if (stop(cause)) {
      failed.accept(cause);
    }
  }

  private boolean stop(EngineStoppedException cause) {
    List<PackQueue.Waiting> waiting;
    synchronized (open) {
      if (stopped != null) {
        return false;
      }
      stopped = cause;
      waiting = new ArrayList<>(open);
      open.clear();
      arrivals.clear();
    }
    waiting.forEach(each -> each.scores().completeExceptionally(cause));
    return true;
  }

  /**
   * Ends the thread after the pass in progress; whoever still waits is told.
   *
   * @return whether the thread has ended; otherwise a pass hangs, and closing its session would
   *     take the process down
   */
  boolean end() {
    thread.interrupt();
    stop(new EngineStoppedException("the engine was closed", new InterruptedException()));
    boolean interrupted = false;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    while (thread.isAlive() && System.nanoTime() < until) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  @Override
  public void close() {
    end();
  }
}
