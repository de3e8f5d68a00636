package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.device.CudaProbe;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the demo model and the tests' local Spark. */
class DoctorCommandTest {
  private static final String DEVICE = "spark.bingoguard.device";

  private final SparkSession spark = SharedSpark.session();

  @TempDir Path folder;

  @AfterEach
  void forgetSettings() {
    spark.conf().unset(DEVICE);
    spark.conf().unset("spark.bingoguard.devise");
    spark.conf().unset("spark.bingoguard.precision");
    spark.conf().unset("spark.bingoguard.model");
  }

  @Test
  void aMachineThatIsReadyIsTold() throws IOException {
    Path input = Files.createDirectories(folder.resolve("corpus/day=1"));
    Files.writeString(input.resolve("part.jsonl"), "{\"prompt\":\"secret\"}\n");
    Path output = folder.resolve("new/labelled");
    Path json = folder.resolve("report/doctor.json");

    CommandRun run =
        CommandRun.of(
            "doctor", "--input", folder.resolve("corpus"), "--output", output, "--json", json);

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("Driver, master local[2]", "0 failed", DemoModel.NOTICE)
        .doesNotContain("secret");
    JsonNode report = new JsonMapper().readTree(json.toFile());
    assertThat(report.get("executors")).isEmpty();
    for (String name :
        new String[] {
          "java",
          "memory",
          "spark",
          "scala",
          "settings",
          "model",
          "onnx runtime",
          "input",
          "schema",
          "output"
        }) {
      assertThat(check(report, name).get("status").asText()).as(name).isEqualTo("ok");
    }
    assertThat(check(report, "pass on cpu").get("seen").asText())
        .contains("one request in fp32: ", " operators by CPUExecutionProvider");
    assertThat(check(report, "input").get("seen").asText()).contains("part.jsonl");
    assertThat(check(report, "schema").get("seen").asText())
        .contains("JSON Lines", "pairs schema", "prompt=prompt");
    assertThat(folder.resolve("new")).doesNotExist();
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(2);
    }
  }

  /** As a properties file or {@code spark-submit --conf} leaves it. */
  @Test
  void examinesTheModelThatSparkWasStartedWith() {
    spark.conf().set("spark.bingoguard.model", folder.resolve("absent").toString());

    CommandRun run = CommandRun.of("doctor");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("error [MODEL_DIRECTORY_MISSING]")
        .doesNotContain(DemoModel.NOTICE, "pass on");
    assertThat(CommandRun.of("doctor", "--model", folder.resolve("other")).out())
        .contains(folder.resolve("other").toString());
  }

  @Test
  void aModelIsComparedWithItsManifestAndATamperedFileIsNamed() throws IOException {
    Path model = folder.resolve("bundle");
    Path checkpoint = Files.createDirectories(folder.resolve("checkpoint"));
    for (String name : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
      Files.copy(DemoModel.directory().resolve(name), checkpoint.resolve(name));
    }
    CommandRun.of(
        "bundle",
        "--checkpoint",
        checkpoint,
        "--prompts",
        DemoModel.directory().resolve(PromptPack.FILE_NAME),
        "--output",
        model);
    assertThat(CommandRun.of("doctor", "--model", model).out())
        .contains("4 files as in bundle.json, by size and SHA-256", "0 failed, 0 warnings");

    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    Files.writeString(model.resolve("config.json"), "\n", StandardOpenOption.APPEND);
    CommandRun run = CommandRun.of("doctor", "--model", model);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern(
            "failed   model files +error \\[MODEL_FILE_TAMPERED].*model.safetensors has SHA-256 ")
        .containsPattern(
            "failed   model files +error \\[MODEL_FILE_TAMPERED].*config.json has \\d+ bytes")
        .contains("3 failed")
        .doesNotContain(DemoModel.NOTICE);

    Files.delete(model.resolve("tokenizer.json"));
    assertThat(CommandRun.of("doctor", "--model", model).out())
        .contains("error [MODEL_FILE_MISSING]", "has no tokenizer.json");

    Files.delete(model.resolve("bundle.json"));
    assertThat(CommandRun.of("doctor", "--model", model).out())
        .containsPattern("warning  model files +no bundle.json");
  }

  @Test
  void cudaThatWasAskedForAndCannotBeUsedFails() {
    assumeFalse(CudaProbe.probe(0).complete());

    CommandRun run = CommandRun.of("doctor", "--conf", DEVICE + "=cuda");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).containsPattern("failed   pass on cuda:0 +no session");
    if (!CudaProbe.gpuArtifact()) {
      assertThat(run.out())
          .containsPattern("failed   cuda: ONNX Runtime +without CUDA \\(artifact onnxruntime\\)")
          .contains("Remedy: build with mvn -Pgpu")
          .containsOnlyOnce("Remedy: install the libraries of CUDA 12.8");
    }
    assertThat(CommandRun.of("doctor", "--conf", DEVICE + "=cpu").out()).doesNotContain("cuda:");
  }

  @Test
  void anInputThatFitsNoSchemaIsAFailureThatSaysWhatToName() throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), "{\"a\":\"some words of text\"}\n");

    CommandRun run = CommandRun.of("doctor", "--input", input);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).containsPattern("failed +schema .*--column").doesNotContain("some words");
    assertThat(CommandRun.of("doctor", "--input", input, "--column", "prompt=a").exit()).isZero();
  }

  @Test
  void whatIsWrongDoesNotHideWhatElseIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    CommandRun run =
        CommandRun.of(
            "doctor",
            "--model",
            folder.resolve("absent"),
            "--input",
            folder.resolve("nowhere"),
            "--output",
            file.resolve("below"),
            "--conf",
            "spark.bingoguard.devise=cpu",
            "--conf",
            "spark.bingoguard.device=tpu");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "error [SETTING_UNKNOWN]",
            "error [SETTING_INVALID]",
            "error [MODEL_DIRECTORY_MISSING]",
            "nowhere does not exist",
            "5 failed")
        .containsPattern("failed   output ");
  }

  @Test
  void aModelThatCannotBeReachedIsOneFailedCheckAmongOthers() {
    CommandRun run = CommandRun.of("doctor", "--model", "nowhere://host/model");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("failed   model +error \\[MODEL_UNREACHABLE]")
        .contains("1 failed");
  }

  @Test
  void bf16OnACpuFailsWithItsOwnError() {
    assertThat(
            CommandRun.of(
                    "doctor",
                    "--conf",
                    DEVICE + "=cpu",
                    "--conf",
                    "spark.bingoguard.precision=bf16")
                .out())
        .containsPattern("failed   pass on cpu +error \\[PRECISION_NOT_SUPPORTED\\]");
  }

  @Test
  void wrongOptionsAreUsage() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(CommandRun.of("doctor", "--json", file.resolve("below")).exit()).isEqualTo(2);
    assertThat(CommandRun.of("doctor", "--json", "/").exit()).isEqualTo(2);
    assertThat(CommandRun.of("doctor", "--wait", "0").exit()).isEqualTo(2);
    assertThat(CommandRun.of("doctor", "--conf", "device=cpu").exit()).isEqualTo(2);
  }

  private static JsonNode check(JsonNode report, String name) {
    for (JsonNode check : report.get("driver")) {
      if (check.get("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check " + name + " in " + report);
  }
}
