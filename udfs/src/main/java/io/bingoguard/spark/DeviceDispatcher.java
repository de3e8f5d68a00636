package io.bingoguard.spark;

import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PackQueue;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.RequestScorer;
import io.bingoguard.score.ScoreRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that runs passes on a device. Tasks that share the device hand their requests
 * over; packs fill up across them.
 */
final class DeviceDispatcher implements RequestScorer, AutoCloseable {
  private final BlockingQueue<List<PackQueue.Waiting>> arrivals = new LinkedBlockingQueue<>();
  private final List<PackQueue.Waiting> open = new ArrayList<>();
  private final PackQueue queue;
  private final PackWorker worker;
  private final Thread thread;
  private volatile EngineStoppedException stopped;

  DeviceDispatcher(String device, PackWorker.Runner runner, PackLimits limits) {
    this.queue = new PackQueue(limits);
    this.worker = new PackWorker(runner);
    this.thread = new Thread(this::dispatch, "bingoguard-" + device);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public List<CompletableFuture<ChoiceScores>> submit(List<ScoreRequest> requests) {
    List<PackQueue.Waiting> batch = new ArrayList<>(requests.size());
    for (ScoreRequest request : requests) {
      batch.add(new PackQueue.Waiting(request, new CompletableFuture<>()));
    }
    arrivals.add(batch);
    if (stopped != null) {
      failArrivals();
    }
    return batch.stream().map(PackQueue.Waiting::scores).toList();
  }

  private void dispatch() {
    try {
      while (true) {
        open.removeIf(waiting -> waiting.scores().isDone());
        if (open.isEmpty()) {
          accept(arrivals.take());
        }
        for (List<PackQueue.Waiting> batch = arrivals.poll();
            batch != null;
            batch = arrivals.poll()) {
          accept(batch);
        }
        worker.work(queue.next());
      }
    } catch (InterruptedException e) {
      stop(new EngineStoppedException("the engine was closed", e));
    } catch (Throwable e) {
      stop(new EngineStoppedException("the engine's thread failed: " + e.getMessage(), e));
    }
  }

  private void accept(List<PackQueue.Waiting> batch) {
    open.addAll(batch);
    batch.forEach(queue::add);
  }

  private void stop(EngineStoppedException cause) {
    stopped = cause;
    open.forEach(waiting -> waiting.scores().completeExceptionally(cause));
    failArrivals();
  }

  private void failArrivals() {
    for (List<PackQueue.Waiting> batch = arrivals.poll(); batch != null; batch = arrivals.poll()) {
      batch.forEach(waiting -> waiting.scores().completeExceptionally(stopped));
    }
  }

  /** Ends the thread after the pass in progress; whoever still waits is told. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
