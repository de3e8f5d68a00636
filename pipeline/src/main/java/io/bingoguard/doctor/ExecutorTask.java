package io.bingoguard.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.model.DemoModel;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.spark.HostModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.resource.ResourceInformation;

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
  private final String model;

  /**
   * A task.
   *
   * @param settings settings of this project
   * @param model the model directory; empty for the demo model
   */
  ExecutorTask(Map<String, String> settings, String model) {
    this.settings = new HashMap<>(settings);
    this.model = model;
  }

  @Override
  public Iterator<String> call(Iterator<Integer> unused)
      throws JsonProcessingException, InterruptedException {
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    List<Check> checks = new ArrayList<>();
    // One session at a time, as it will be when the executor labels.
    synchronized (ExecutorTask.class) {
      checks.addAll(look());
    }
    Thread.sleep(PAUSE_MILLIS);
    ExecutorReport report = new ExecutorReport(SparkEnv.get().executorId(), host, checks);
    return List.of(JSON.writeValueAsString(report)).iterator();
  }

  private List<Check> look() {
    List<Check> checks = new ArrayList<>(Check.guarded("host", HostChecks::all));
    List<String> addresses = addresses();
    checks.add(
        Check.ok(
            ("gpu " + String.join(", ", addresses)).strip(),
            addresses.isEmpty() ? "Spark gave the task no GPU" : "given to a task by Spark"));
    checks.addAll(
        Check.guarded(
            "device",
            () ->
                new DeviceChecks(EngineSettings.from(settings), ordinal(addresses))
                    .all(Optional.of(ModelBundle.open(DemoModel.directory())))));
    if (!model.isEmpty()) {
      checks.addAll(
          Check.guarded(
              "model",
              () -> {
                try (HostModel files = HostModel.open(Optional.of(model), settings)) {
                  ModelBundle.open(files.directory());
                  return List.of(Check.ok("model", model + " opens here"));
                }
              }));
    }
    return checks;
  }

  private static List<String> addresses() {
    ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
    return gpu == null ? List.of() : List.of(gpu.addresses());
  }

  private static OptionalInt ordinal(List<String> addresses) {
    return addresses.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(addresses.get(0)));
  }
}
