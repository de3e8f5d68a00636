package io.bingoguard.spark.devices;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.resource.ResourceInformation;

/**
 * Where in the cluster the calling code runs, as Spark says it.
 *
 * @param executorId Spark's id; {@code driver} in local mode and outside Spark
 * @param host name of the machine; empty outside Spark
 * @param cores cores of the executor; 0 when Spark was not told, which is to say all of the machine
 */
public record ExecutorPlace(String executorId, String host, int cores) {
  private static final String DRIVER = "driver";
  private static final String GPU = "gpu";
  private static final String EXECUTOR_CORES = "spark.executor.cores";

  public static ExecutorPlace here() {
    SparkEnv environment = SparkEnv.get();
    if (environment == null) {
      return new ExecutorPlace(DRIVER, "", 0);
    }
    String id = environment.executorId();
    int cores = id.equals(DRIVER) ? 0 : environment.conf().getInt(EXECUTOR_CORES, 0);
    return new ExecutorPlace(id, environment.blockManager().blockManagerId().host(), cores);
  }

  /** Whether this is an executor's own process, which may end without ending the application. */
  boolean ownProcess() {
    return !executorId.equals(DRIVER);
  }

  /** Addresses of the GPUs that Spark gave the calling task. */
  public static List<String> taskGpus() {
    TaskContext task = TaskContext.get();
    return task == null ? List.of() : gpus(task.resourcesJMap());
  }

  public static List<String> gpus(Map<String, ResourceInformation> resources) {
    return Optional.ofNullable(resources.get(GPU))
        .map(gpu -> Arrays.asList(gpu.addresses()))
        .orElse(List.of());
  }

  /** Spark's file system settings, or Hadoop's own outside Spark. */
  public static Configuration hadoop() {
    SparkEnv environment = SparkEnv.get();
    return environment == null
        ? new Configuration()
        : SparkHadoopUtil.get().newConfiguration(environment.conf());
  }
}
