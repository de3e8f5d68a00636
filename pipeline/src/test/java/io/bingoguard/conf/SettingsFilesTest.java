package io.bingoguard.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.conf.SettingsFile.Line;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.spark.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.plugin.SparkPlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the folder conf, as spark-submit reads them. */
class SettingsFilesTest {
  private static final List<String> GPU_FILES =
      List.of("kubernetes-gpu.conf", "standalone-gpu.conf", "yarn-gpu.conf");

  /** What one cluster manager has and another has not, or has otherwise. */
  private static final Set<String> OF_THE_CLUSTER_MANAGER =
      Set.of(
          "spark.executor.instances",
          "spark.executor.maxNumFailures",
          "spark.executor.resource.gpu.discoveryScript",
          "spark.executor.resource.gpu.vendor",
          "spark.executorEnv.JAVA_HOME");

  /** The place of a script depends on how it gets there. */
  private static final Set<String> OTHER_IN_EACH =
      Set.of("spark.executor.resource.gpu.discoveryScript");

  /** How large an executor is depends on what computes. */
  private static final Set<String> SIZES =
      Set.of(
          "spark.bingoguard.device",
          "spark.driver.memory",
          "spark.executor.cores",
          "spark.executor.memory");

  private static final Set<String> ONLY_WITH_GPUS =
      Set.of(
          "spark.executor.extraJavaOptions",
          "spark.executor.memoryOverhead",
          "spark.executor.resource.gpu.amount",
          "spark.executorEnv.CUDA_DEVICE_ORDER",
          "spark.executorEnv.LD_LIBRARY_PATH",
          "spark.task.resource.gpu.amount");

  private static final Set<String> ONLY_WITHOUT_GPUS = Set.of("spark.bingoguard.threads");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void everyFileHoldsSparkPropertiesEachOnce(SettingsFile file) throws IOException {
    List<String> written =
        Files.readAllLines(file.path()).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split("\\s", 2)[0])
            .toList();

    assertThat(written).isNotEmpty().allMatch(key -> key.startsWith("spark."));
    assertThat(file.keys()).doesNotHaveDuplicates().containsAll(written);
    assertThat(file.settings()).containsOnlyKeys(written);
    assertThat(file.settings().values()).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void everySettingIsExplained(SettingsFile file) {
    assertThat(file.lines()).isNotEmpty().noneMatch(line -> line.comment().isBlank());
  }

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void noFileMisspellsASettingOfThisProject(SettingsFile file) {
    Map<String, String> ours = new LinkedHashMap<>();
    file.linesWith(key -> key.startsWith(Setting.PREFIX))
        .forEach(line -> ours.put(line.key(), line.value()));

    assertThatCode(() -> GuardSettings.of(ours).refuseInvalid()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void pluginsThatAFileNamesExist(SettingsFile file) throws Exception {
    String plugin = file.settings().get("spark.plugins");
    if (plugin != null) {
      assertThat(SparkPlugin.class).isAssignableFrom(Class.forName(plugin));
    }
  }

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void tasksUseUpGpusAndCoresTogether(SettingsFile file) throws IOException {
    Map<String, String> settings = file.settings();
    if (settings.containsKey("spark.task.resource.gpu.amount")) {
      double gpus = Double.parseDouble(settings.get("spark.task.resource.gpu.amount"));

      assertThat(gpus * Integer.parseInt(settings.get("spark.executor.cores"))).isEqualTo(1);
    }
  }

  @Test
  void filesForGpusDifferOnlyInWhatBelongsToTheClusterManager() throws IOException {
    List<Line> expected = shared(SettingsFile.named(GPU_FILES.get(0)));

    assertThat(expected).isNotEmpty();
    for (String name : GPU_FILES) {
      assertThat(shared(SettingsFile.named(name))).as(name).isEqualTo(expected);
    }
  }

  @Test
  void whatTwoFilesForGpusSetIsSetAndExplainedAlike() throws IOException {
    Map<String, Set<String>> ways = new LinkedHashMap<>();
    for (String name : GPU_FILES) {
      for (Line line : SettingsFile.named(name).lines()) {
        ways.computeIfAbsent(line.key(), key -> new HashSet<>())
            .add(line.value() + " " + line.choice() + " " + line.comment());
      }
    }
    ways.values().removeIf(each -> each.size() == 1);

    assertThat(ways).containsOnlyKeys(OTHER_IN_EACH);
  }

  @Test
  void everyExceptionForAClusterManagerIsNeeded() throws IOException {
    List<List<String>> keys =
        List.of(
            SettingsFile.named(GPU_FILES.get(0)).keys(),
            SettingsFile.named(GPU_FILES.get(1)).keys(),
            SettingsFile.named(GPU_FILES.get(2)).keys());

    for (String key : OF_THE_CLUSTER_MANAGER) {
      assertThat(keys).as(key).anyMatch(each -> each.contains(key));
      assertThat(keys).as(key).anyMatch(each -> !each.contains(key));
    }
  }

  @Test
  void aStandaloneClusterWithoutGpusDiffersOnlyInGpusAndSizes() throws IOException {
    SettingsFile without = SettingsFile.named("standalone-cpu.conf");
    SettingsFile with = SettingsFile.named("standalone-gpu.conf");

    assertThat(without.linesWith(key -> !ONLY_WITHOUT_GPUS.contains(key) && !SIZES.contains(key)))
        .containsExactlyInAnyOrderElementsOf(
            with.linesWith(key -> !ONLY_WITH_GPUS.contains(key) && !SIZES.contains(key)));
    assertThat(without.keys()).containsAll(SIZES).containsAll(ONLY_WITHOUT_GPUS);
    assertThat(with.keys()).containsAll(SIZES).containsAll(ONLY_WITH_GPUS);
    assertThat(without.keys()).doesNotContainAnyElementsOf(ONLY_WITH_GPUS);
    assertThat(with.keys()).doesNotContainAnyElementsOf(ONLY_WITHOUT_GPUS);
  }

  @Test
  void discoveredGpusAreWhatSparkReads() throws Exception {
    fakeNvidiaSmi("echo 0; echo 3");

    Process found = discoverGpus(folder.toString());

    assertThat(found.waitFor()).isZero();
    assertThat(new JsonMapper().readTree(found.getInputStream()))
        .isEqualTo(new JsonMapper().readTree("{\"name\":\"gpu\",\"addresses\":[\"0\",\"3\"]}"));
  }

  @Test
  void aHostWithoutAWorkingDriverIsReportedAndNotTakenForOneWithGpus() throws Exception {
    fakeNvidiaSmi("echo 'No devices were found'");
    Process noDevice = discoverGpus(folder.toString());
    Process noDriver = discoverGpus(folder.resolve("nothing").toString());

    assertThat(noDevice.waitFor()).isNotZero();
    assertThat(text(noDevice)).contains("GPU_INDEX_UNKNOWN", "No devices were found");
    assertThat(noDriver.waitFor()).isNotZero();
    assertThat(text(noDriver)).contains("NVIDIA_SMI_MISSING");
  }

  static Stream<SettingsFile> settingsFiles() throws IOException {
    return SettingsFile.all();
  }

  /** In the order of the file, so that the files can be compared line by line. */
  private static List<Line> shared(SettingsFile file) {
    return file.linesWith(
        key ->
            !OF_THE_CLUSTER_MANAGER.contains(key)
                && !key.startsWith("spark.kubernetes.")
                && !key.startsWith("spark.yarn."));
  }

  private void fakeNvidiaSmi(String body) throws IOException {
    Path script = folder.resolve("nvidia-smi");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private static Process discoverGpus(String path) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", SettingsFile.FOLDER.resolve("discover-gpus").toString());
    builder.environment().put("PATH", path);
    return builder.start();
  }

  private static String text(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
