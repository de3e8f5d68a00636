package io.bingoguard.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.spark.EngineSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the folder conf, as spark-submit reads them. */
class SettingsFilesTest {
  private static final Path FOLDER = Path.of("..", "conf");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void everyFileHoldsSparkPropertiesEachOnce(Path file) throws IOException {
    List<String> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        keys.add(line.split("\\s", 2)[0]);
      }
    }

    assertThat(keys).isNotEmpty().doesNotHaveDuplicates();
    assertThat(keys).allMatch(key -> key.startsWith("spark."));
    assertThat(settings(file)).containsOnlyKeys(keys);
    assertThat(settings(file).values()).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void noFileMisspellsASettingOfThisProject(Path file) throws IOException {
    Map<String, String> ours =
        settings(file).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(PipelineSettings.PREFIX))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    assertThatCode(() -> PipelineSettings.of(ours).refuseUnknown()).doesNotThrowAnyException();
    assertThatCode(() -> EngineSettings.from(ours)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("settingsFiles")
  void tasksUseUpGpusAndCoresTogether(Path file) throws IOException {
    Map<String, String> settings = settings(file);
    if (settings.containsKey("spark.task.resource.gpu.amount")) {
      double gpus = Double.parseDouble(settings.get("spark.task.resource.gpu.amount"));

      assertThat(gpus * Integer.parseInt(settings.get("spark.executor.cores"))).isEqualTo(1);
    }
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

  static Stream<Path> settingsFiles() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
    }
  }

  private static Map<String, String> settings(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    Map<String, String> settings = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name).trim()));
    return settings;
  }

  private void fakeNvidiaSmi(String body) throws IOException {
    Path script = folder.resolve("nvidia-smi");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private static Process discoverGpus(String path) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", FOLDER.resolve("discover-gpus").toString());
    builder.environment().put("PATH", path);
    return builder.start();
  }

  private static String text(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
