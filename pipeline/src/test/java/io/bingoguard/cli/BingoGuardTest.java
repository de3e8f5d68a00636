package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BingoGuardTest {
  private final SparkSession spark = SharedSpark.session();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;
  private Path corpus;
  private Path output;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = folder.resolve("corpus.jsonl");
    output = folder.resolve("output");
    Files.writeString(
        corpus,
        """
        {"prompt":"How do I bake bread?","response":"With flour and patience."}
        {"prompt":"Tell me a joke","response":null}
        """);
  }

  @Test
  void labelsWithTheDemoModelAndSaysWhatThatIsWorth() throws IOException {
    Path summary = folder.resolve("new/summary.json");

    int code =
        run(
            "label",
            "--input",
            corpus,
            "--output",
            output,
            "--summary",
            summary,
            "--severity",
            "all",
            "--include-text");

    assertThat(err.toString()).doesNotContain("error [");
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains(
            "pairs schema",
            DemoModel.ID,
            DemoModel.NOTICE,
            "response_text",
            "delta.`file:" + output);
    JsonNode json = new JsonMapper().readTree(summary.toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "conversations",
            "exchanges",
            "context_messages",
            "unread_parts",
            "unread_values",
            "unread_columns",
            "unread_texts",
            "by_status",
            "prompt_harmful",
            "response_harmful",
            "prompts_by_category",
            "responses_by_category",
            "category_names",
            "by_severity",
            "repeated_keys",
            "errors_retried",
            "labels_marked_deleted",
            "labels_unmarked",
            "labels_reused",
            "files_labelled",
            "files_changed",
            "files_gone",
            "files_quarantined",
            "input_rewrites",
            "label_edits",
            "input_tokens",
            "tokens_reused",
            "executors",
            "seconds",
            "model",
            "model_revision",
            "prompt_pack",
            "demo_model",
            "run_id");
    assertThat(json.get("model").asText()).isEqualTo(DemoModel.ID);
    assertThat(json.get("demo_model").asBoolean()).isTrue();
    assertThat(json.get("executors")).hasSize(1);
    assertThat(json.get("executors").get(0).get("device").asText()).isEqualTo("cpu");
    assertThat(json.get("executors").get(0).get("requests").asInt()).isPositive();
    assertThat(out.toString()).contains("executor driver", "cpu fp32");
    assertThat(json.get("exchanges").asInt()).isEqualTo(2);
    assertThat(json.get("conversations").asInt()).isEqualTo(2);
    for (String table : new String[] {"labels", "runs"}) {
      assertThat(
              spark
                  .read()
                  .format("delta")
                  .load(output + "/" + table)
                  .select("model_id")
                  .distinct()
                  .collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly(DemoModel.ID);
    }
    assertThat(
            spark
                .read()
                .format("delta")
                .load(output + "/labels")
                .where("severity_probabilities IS NOT NULL AND response_text IS NOT NULL")
                .count())
        .isEqualTo(1);
  }

  @Test
  void showsHowTheFirstConversationsAreRead() throws IOException {
    Files.writeString(
        corpus,
        """
        {"id":"a","source":"web","messages":[{"role":"user","content":"How do I\\u001b[2J bake?"},{"role":"assistant","content":"%s"},{"role":"user","content":"Thanks"}]}
        {"id":"b","messages":[{"role":"wizard","content":"Abracadabra"}]}
        {"id":"c","messages":[{"role":"user","content":"Never shown"}]}
        """
            .formatted("flour ".repeat(30)));

    assertThat(run("inspect", "--input", corpus, "--conversations", 2)).isZero();

    assertThat(out.toString())
        .contains("messages schema: messages=messages, id=id, source=source")
        .contains("conversation a, source web", "0  prompt    How do I [2J bake?")
        .contains("response  flour flour", "… (180 characters)")
        .contains("1  prompt    Thanks", "response  (none)")
        .contains("0  error     SOURCE_UNKNOWN_ROLE: message 1 has an unknown role: wizard")
        .doesNotContain("Never shown", "Abracadabra");
    assertRefused("SOURCE_NOT_FOUND", "inspect", "--input", folder + "/absent");
  }

  @Test
  void exitsWithTwoForWhatTheUserNamedWrongly() throws IOException {
    Path plain = Files.writeString(folder.resolve("notes.txt"), "x");
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.doc"), "x");

    assertRefused("USAGE", "label", "--input", corpus);
    assertRefused("USAGE", "lable");
    assertRefused("USAGE");
    assertRefused("USAGE", "label", "--input", corpus, "--output", output, "--severity", "loud");
    assertRefused("USAGE", "inspect", "--input", corpus, "--column", "prompt");
    assertRefused(
        "SOURCE_COLUMN_ROLES_CONFLICT",
        "inspect",
        "--input",
        corpus,
        "--column",
        "prompt=prompt",
        "--column",
        "prompt=response");
    assertRefused("SOURCE_NOT_FOUND", "label", "--input", folder + "/absent", "--output", output);
    assertRefused("SOURCE_FORMAT_UNKNOWN", "label", "--input", plain, "--output", output);
    assertRefused(
        "SOURCE_CSV_OPTION_INVALID",
        "label",
        "--input",
        corpus,
        "--output",
        output,
        "--csv",
        "escape=caret");
    assertRefused(
        "SOURCE_SCHEMA_MISFIT",
        "label",
        "--input",
        corpus,
        "--output",
        output,
        "--schema",
        "transcript");
    assertRefused("OUTPUT_UNSUITABLE", "label", "--input", corpus, "--output", foreign);
    assertRefused(
        "OUTPUT_INSIDE_INPUT", "label", "--input", folder, "--format", "json", "--output", output);
    assertRefused(
        "MODEL_FILE_MISSING", "label", "--input", corpus, "--output", output, "--model", foreign);
    assertRefused(
        "OUTPUT_FILE_NOT_WRITABLE",
        "label",
        "--input",
        corpus,
        "--output",
        output,
        "--summary",
        folder);
    assertRefused(
        "OUTPUT_FILE_NOT_WRITABLE",
        "label",
        "--input",
        corpus,
        "--output",
        output,
        "--summary",
        plain + "/summary.json");
    assertRefused("OUTPUT_PATH_UNUSABLE", "label", "--input", corpus, "--output", plain + "/below");
    assertRefused(
        "TOKENIZER_UNREADABLE",
        "label",
        "--input",
        corpus,
        "--output",
        output,
        "--model",
        modelWithoutTokenizer());
    assertRefused(
        "CONF_KEY_UNKNOWN", "label", "--input", corpus, "--output", output, "--conf", "a.b=c");
    assertThat(output).doesNotExist();
  }

  @Test
  void namesMisspeltOptionsBeforeMissingOnesAndWhatTheyMayBe() {
    assertRefused("USAGE", "label", "--inptu", corpus, "--outptu=" + output);

    assertThat(err.toString())
        .contains("Unknown options: '--inptu', '--outptu'", "--input", "bingoguard label --help")
        .doesNotContain("--max-error-rate");

    assertRefused("USAGE", "lable", "--input", corpus);
    assertThat(err.toString()).contains("bingoguard label");
    assertRefused("USAGE", "label", "--input", corpus);
    assertThat(err.toString()).contains("Missing required option: '--output=DIR'");
  }

  @Test
  void showsExamplesThatAreCommands() {
    CommandLine program = BingoGuard.commandLine();
    List<String> examples =
        program.getSubcommands().values().stream()
            .flatMap(command -> Stream.of(command.getCommandSpec().usageMessage().footer()))
            .map(String::strip)
            .filter(line -> line.startsWith("bingoguard "))
            .toList();

    assertThat(examples).hasSizeGreaterThan(5).allMatch(line -> line.length() < 80);
    for (String example : examples) {
      program.parseArgs(example.substring("bingoguard ".length()).split(" "));
    }
  }

  @Test
  void listsEveryCommandWithASentenceOnItsLine() {
    run("--help");

    List<String> commands =
        out.toString()
            .lines()
            .dropWhile(line -> !line.equals("Commands:"))
            .skip(1)
            .takeWhile(line -> !line.isBlank())
            .toList();
    assertThat(commands)
        .hasSameSizeAs(BingoGuard.commandLine().getSubcommands().keySet())
        .allMatch(line -> line.matches("  [a-z-]+ +[A-Z].+\\."))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpsWithACommandAndWithCompletion() {
    assertThat(run("help", "label")).isZero();
    assertThat(out.toString()).contains("--max-error-rate");

    assertThat(run("generate-completion")).isZero();
    assertThat(out.toString()).contains("complete -F", "--max-error-rate");
  }

  @Test
  void refusesMisspelledSettingOfTheProject() {
    String misspelled = "spark.bingoguard.maxToken";
    try {
      assertRefused(
          "SETTING_UNKNOWN",
          "label",
          "--input",
          corpus,
          "--output",
          output,
          "--conf",
          misspelled + "=100");
      assertThat(err.toString()).contains("spark.bingoguard.maxTokens");
    } finally {
      // The session is shared by all tests.
      spark.conf().unset(misspelled);
    }
  }

  @Test
  void recordsRunThatMetDamagedFile() throws IOException {
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    String whole = Files.readString(corpus).repeat(200);
    Files.writeString(damaged.resolve("whole.jsonl"), whole);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(whole.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(
        damaged.resolve("half.jsonl.gz"), Arrays.copyOf(zipped.toByteArray(), zipped.size() - 20));

    int exit = run("label", "--input", damaged, "--output", output, "--bad-files", "fail");

    assertThat(err.toString())
        .contains("error [SOURCE_UNREADABLE]: ", "half.jsonl.gz cannot be read", "EOFException");
    assertThat(exit).isEqualTo(1);
    assertThat(spark.read().format("delta").load(output + "/runs").where("exit_code = 1").count())
        .isEqualTo(1);

    int second = run("label", "--input", damaged, "--output", output);

    assertThat(err.toString()).contains("error [FILES_QUARANTINED]: ");
    assertThat(out.toString()).contains("files put aside        1, which could not be read: ");
    assertThat(second).isEqualTo(3);
    assertThat(spark.read().format("delta").load(output + "/labels").count()).isEqualTo(400);
  }

  @Test
  void endsWithFourWhenTooManyExchangesAreErrors() throws IOException {
    Files.writeString(
        corpus,
        """
        {"messages":[{"role":"user","content":"How do I bake bread?"}]}
        {"messages":[{"role":"user","content":"Tell me a joke"}]}
        {"messages":[{"role":"wizard","content":"Abracadabra"}]}
        """);

    int strict = run("label", "--input", corpus, "--output", output, "--max-error-rate", "0.3");

    assertThat(err.toString()).contains("error [TOO_MANY_ERRORS]: 1 of 3 exchanges");
    assertThat(out.toString()).contains("error 1");
    assertThat(strict).isEqualTo(4);
    assertThat(spark.read().format("delta").load(output + "/labels").count()).isEqualTo(3);
    assertThat(spark.read().format("delta").load(output + "/runs").where("exit_code = 4").count())
        .isEqualTo(1);

    Path other = folder.resolve("other");
    assertThat(run("label", "--input", corpus, "--output", other, "--max-error-rate", "0.4"))
        .isZero();
    assertThat(run("label", "--input", corpus, "--output", other, "--max-error-rate", "1.5"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("expected a share from 0 to 1");
  }

  @Test
  void endsWithFourWhenNothingWasJudgedAndOnlyThen() throws IOException {
    Files.writeString(
        corpus,
        """
        {"prompt":"  ","response":""}
        {"prompt":null,"response":null}
        """);
    assertThat(run("label", "--input", corpus, "--output", output)).isEqualTo(4);
    assertThat(err.toString()).contains("error [NOTHING_JUDGED]: None of 2 exchanges");

    Files.writeString(corpus, "{\"prompt\":\"How do I bake bread?\",\"response\":\"\"}\n");
    assertThat(run("label", "--input", corpus, "--output", folder.resolve("other"))).isZero();
    assertThat(out.toString()).contains("skipped_empty 1").doesNotContain("Nothing new");
    assertThat(run("label", "--input", corpus, "--output", folder.resolve("other"))).isZero();
    assertThat(out.toString()).contains("Nothing new");
  }

  @Test
  void showsWhereAnErrorHappenedOnRequestOnly() {
    String absent = folder + "/absent";

    run("label", "--input", absent, "--output", output);
    assertThat(err.toString().lines()).hasSize(1);

    run("label", "--input", absent, "--output", output, "--verbose");
    assertThat(err.toString()).contains("\tat io.bingoguard.");
  }

  /** The demo model with a tokenizer file that holds no tokenizer. */
  private Path modelWithoutTokenizer() throws IOException {
    Path demo = DemoModel.directory();
    Path model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(demo)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName().toString()));
      }
    }
    Files.writeString(model.resolve("tokenizer.json"), "{}");
    return model;
  }

  private void assertRefused(String code, Object... arguments) {
    int exit = run(arguments);
    assertThat(err.toString()).startsWith("error [" + code + "]: ");
    assertThat(exit).as(err.toString()).isEqualTo(2);
  }

  private int run(Object... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command =
        BingoGuard.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return command.execute(words);
  }
}
