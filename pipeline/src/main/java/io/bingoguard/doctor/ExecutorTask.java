package io.bingoguard.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.engine.DeviceExamination;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.spark.devices.ExecutorPlace;
import io.bingoguard.spark.settings.GuardSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * What a task finds on the executor it runs on: one {@link ExecutorReport} as JSON, which every
 * serializer that Spark may be set to can carry. A request is scored with the demo model, since it
 * is the device that is in question; of the given model only the files are looked at, and copied to
 * this host if they are elsewhere.
 */
final class ExecutorTask implements FlatMapFunction<Iterator<Integer>, String> {
  /** So that a quick executor does not take all the tasks. */
  private static final long PAUSE_MILLIS = 1000;

  private static final JsonMapper JSON = new JsonMapper();

  private final HashMap<String, String> settings;
  private final ModelRef model;

  /**
   * A task.
   *
   * @param settings settings of this project
   */
  ExecutorTask(Map<String, String> settings, ModelRef model) {
    this.settings = new HashMap<>(settings);
    this.model = model;
  }

  @Override
  public Iterator<String> call(Iterator<Integer> unused)
      throws JsonProcessingException, InterruptedException {
    ExecutorPlace place = ExecutorPlace.here();
    List<Check> checks = new ArrayList<>();
    // One session at a time, as it will be when the executor labels.
    synchronized (ExecutorTask.class) {
      checks.addAll(look());
    }
    Thread.sleep(PAUSE_MILLIS);
    ExecutorReport report = new ExecutorReport(place.executorId(), place.host(), checks);
    return List.of(JSON.writeValueAsString(report)).iterator();
  }

  private List<Check> look() {
    List<Check> checks = new ArrayList<>(Check.guarded("host", HostChecks::all));
    List<String> gpus = ExecutorPlace.taskGpus();
    checks.add(
        Check.ok(
            ("gpu " + String.join(", ", gpus)).strip(),
            gpus.isEmpty() ? "Spark gave the task no GPU" : "given to a task by Spark"));
    GuardSettings given = GuardSettings.of(settings);
    checks.addAll(
        Check.guarded(
            "device",
            () ->
                Check.of(
                    DeviceExamination.examine(
                        given.engine(),
                        gpus,
                        Optional.of(new ModelRef.Demo()),
                        given.modelCache(ExecutorPlace.hadoop())))));
    if (!(model instanceof ModelRef.Demo)) {
      checks.addAll(Check.guarded("model", () -> model(given)));
    }
    return checks;
  }

  private List<Check> model(GuardSettings given) {
    LoadedModel.fetch(model, given.modelCache(ExecutorPlace.hadoop()));
    return List.of(Check.ok("model", model + " opens here"));
  }
}
