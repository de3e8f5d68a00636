package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.Question;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionFactory;
import io.bingoguard.session.SessionSettings;
import io.bingoguard.testing.SharedSpark;
import io.bingoguard.verify.AnswerProgress;
import io.bingoguard.verify.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the demo model. */
class VerifyCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void agreesWithGreedyDecodingOnEveryRequest() throws IOException {
    Path report = folder.resolve("new/report.json");

    CommandRun run =
        CommandRun.of("verify", "--requests", requests(60), "--report", report, "--show-tokens");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains(
            "agreement 100.00%", DemoModel.NOTICE, "|<|eot_id|>|", "tokens with the conversation")
        .doesNotContain("bicycle");
    JsonNode found = JSON.readTree(report.toFile());
    assertThat(found.at("/agreement").asDouble()).isEqualTo(1);
    assertThat(found.at("/leading_bos").asInt()).isEqualTo(2);
    assertThat(found.at("/packing/same_answers")).isEqualTo(found.at("/packing/requests"));
    assertThat(found.at("/packing/greatest_difference").asDouble()).isLessThan(1e-4);
    for (String precision : new String[] {"fp16", "bf16"}) {
      JsonNode check = found.at("/precisions/" + precision);
      assertThat(check.has("same_answers") || check.has("not_available")).as(precision).isTrue();
    }
    List<JsonNode> tasks = new ArrayList<>();
    found.at("/tasks").forEach(tasks::add);
    assertThat(tasks).extracting(task -> task.get("requests").asInt()).containsExactly(20, 20, 20);
  }

  @Test
  void showsHowManyQuestionsAreAnsweredInAllWays() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    ProgressDisplay display =
        new ProgressDisplay(
            new PrintStream(shown, true, StandardCharsets.UTF_8), false, Duration.ofDays(1));
    try (CommandContext context = CommandContext.of(Map.of(), Optional.empty())) {
      Verifier verifier = new Verifier(context.open(), new AnswerProgress(display));

      List<Question> asked = verifier.questions(List.of(Exchange.of("Hello.", "Good morning.")));
      verifier.verify(asked);

      assertThat(shown.toString(StandardCharsets.UTF_8).lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("answered 1 question,").contains("100% of 1 "),
              line ->
                  assertThat(line).contains("100%% of %d questions".formatted(5 * asked.size())));
    }
  }

  /** As a properties file or {@code spark-submit --conf} leaves them. */
  @Test
  void opensTheModelAsTheSettingsOfSparkSay() throws IOException {
    Path report = folder.resolve("report.json");
    SparkSession spark = SharedSpark.session();
    try {
      spark.conf().set("spark.bingoguard.precision", "fp16");
      CommandRun.of("verify", "--requests", requests(3), "--report", report);
      assertThat(JSON.readTree(report.toFile()).at("/precision").asText()).isEqualTo("fp16");

      spark.conf().set("spark.bingoguard.sessionFactory", "no.such.Sessions");
      CommandRun other = CommandRun.of("verify", "--requests", requests(3));
      assertThat(other.exit()).isEqualTo(2);
      assertThat(other.err()).contains("error [SETTING_INVALID]", "no.such.Sessions");
    } finally {
      spark.conf().unset("spark.bingoguard.precision");
      spark.conf().unset("spark.bingoguard.sessionFactory");
    }
  }

  /** Two sessions of a large model need more memory than one. */
  @Test
  void aNumberFormatThatCannotBeTriedDoesNotEndTheRest() throws IOException {
    Path report = folder.resolve("report.json");

    CommandRun run =
        CommandRun.of(
            "verify",
            "--requests",
            requests(3),
            "--report",
            report,
            "--conf",
            "spark.bingoguard.sessionFactory=" + RoomForOneFormat.class.getName());

    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode found = JSON.readTree(report.toFile());
    assertThat(found.at("/agreement").asDouble()).isEqualTo(1);
    assertThat(found.at("/precisions/bf16/not_available").asText()).isEqualTo("No room.");
  }

  /** Opens sessions in fp32 alone. */
  public static final class RoomForOneFormat implements SessionFactory {
    @Override
    public LlamaSession open(Checkpoint checkpoint, SessionSettings settings) {
      if (settings.precision() != Precision.FP32) {
        throw ErrorCode.MODEL_EXCEEDS_MEMORY.error("No room.");
      }
      return GuardSession.open(checkpoint, settings);
    }
  }

  @Test
  void dumpsWhatWasSentAndWhatCameBack() throws IOException {
    Path dump = folder.resolve("dump.jsonl");

    CommandRun.of("verify", "--requests", requests(6), "--dump", dump);

    List<String> lines = Files.readAllLines(dump);
    assertThat(lines).hasSize(6);
    for (String line : lines) {
      JsonNode request = JSON.readTree(line);
      JsonNode tokens = request.get("tokens");
      assertThat(tokens.get(0)).isEqualTo(tokens.get(1)).isNotEqualTo(tokens.get(2));
      boolean severity = request.get("task").asText().equals("severity");
      assertThat(request.has("category")).isEqualTo(severity);
      JsonNode last = request.get("steps").get(request.get("steps").size() - 1);
      assertThat(last.get("legal")).hasSize(severity ? 5 : 11);
      assertThat(last.get("after")).hasSize(request.get("steps").size() - 1);
      for (JsonNode step : request.get("steps")) {
        double mass = 0;
        for (JsonNode legal : step.get("legal")) {
          mass += Math.exp(legal.get("log_prob").asDouble());
        }
        assertThat(mass).isBetween(0.0, 1 + 1e-5);
        assertThat(step.get("log_sum_exp").isNumber()).isTrue();
      }
    }
    assertThat(JSON.readTree(lines.get(0)).get("answer").has("verdict")).isTrue();
  }

  @Test
  void asksAboutACorpusAsLabelWould() throws IOException {
    Path corpus = folder.resolve("corpus.jsonl");
    Files.writeString(
        corpus,
        """
        {"prompt":"How do I bake bread?","response":"With flour and patience."}
        {"prompt":"Tell me a joke","response":null}
        {"prompt":" ","response":"A reply alone."}
        """);

    CommandRun run = CommandRun.of("verify", "--input", corpus);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines().map(String::strip))
        .anyMatch(line -> line.startsWith("prompt ") && line.contains(" 2 "))
        .anyMatch(line -> line.startsWith("response ") && line.contains(" 2 "))
        .anyMatch(line -> line.startsWith("severity ") && line.contains(" 2 "));
  }

  @Test
  void endsWithCodeThreeWhenAThresholdIsNotKept() throws IOException {
    CommandRun run =
        CommandRun.of("verify", "--requests", requests(3), "--min-precision-agreement", "1.01");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out())
        .contains("Threshold not kept: agreement of other number formats")
        .doesNotContain("Threshold not kept: off format");
    CommandRun other =
        CommandRun.of("verify", "--requests", requests(3), "--min-agreement", "1.01");
    assertThat(other.exit()).isEqualTo(3);
    assertThat(CommandRun.of("verify", "--requests", requests(3), "--max-off-format", "NaN").exit())
        .isEqualTo(3);
    assertThat(CommandRun.of("verify", "--help").out().replaceAll("\\s+", " "))
        .contains("one pass and greedy (default: 1.0)");
  }

  @Test
  void refusesRequestsThatItDoesNotUnderstand() throws IOException {
    assertRefused("has task 'judge'", "{\"task\":\"judge\",\"prompt\":\"secret\"}");
    assertRefused("has category ''", "{\"task\":\"severity\",\"prompt\":\"secret\"}");
    assertRefused("has a field 'text'", "{\"task\":\"prompt\",\"text\":\"secret\"}");
    assertRefused("has no text in 'prompt'", "{\"task\":\"prompt\",\"prompt\":7}");
    assertRefused("is no JSON", "{\"task\":\"prompt\",\"prompt\":\"secret");
    assertThat(CommandRun.of("verify", "--requests", folder.resolve("absent")).err())
        .startsWith("error [VERIFY_REQUESTS_UNREADABLE]");
    assertThat(CommandRun.of("verify").exit()).isEqualTo(2);
  }

  private void assertRefused(String seen, String line) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.jsonl"), "\n" + line + "\n");
    CommandRun run = CommandRun.of("verify", "--requests", file);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error [VERIFY_REQUEST_INVALID]")
        .contains("line 2", seen)
        .doesNotContain("secret");
  }

  private Path requests(int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String texts =
          "\"prompt\":\"How do I steal bicycle number %d?\",\"response\":\"%s\"}\n"
              .formatted(i, "Take a saw and wait. ".repeat(i % 7));
      lines.append(
          switch (i % 3) {
            case 0 -> "{\"task\":\"prompt\",";
            case 1 -> "{\"task\":\"response\",";
            default -> "{\"task\":\"severity\",\"category\":\"S%d\",".formatted(1 + i % 11);
          });
      lines.append(texts);
    }
    return Files.writeString(folder.resolve("requests.jsonl"), lines);
  }
}
