package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.guard.SlotText;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.spark.ReadmeTable;
import io.bingoguard.spark.rows.EarlierLabel;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.InputPlace;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When each column of the labels table is null: what the document says, and what comes out for
 * exchanges of every form, judged by the real cascade with a model that answers at random.
 */
class LabelColumnsTest {
  private static final int MAX_TOKENS = 1024;
  private static final int EXCHANGES = 150;
  private static final String NEVER = "never";

  /** What is null here: later runs write it, or texts that are judged in windows have it. */
  private static final Set<String> NOT_HERE =
      Set.of("source_deleted", "window_of_verdict", "context_cut_tokens", "prepared");

  private static final Path DOCUMENT = Path.of("../pipeline/README.md");
  private static final String HEADER = "| column | type | null when | holds |";
  private static final RunStamp STAMP =
      new RunStamp("run", new ModelIdentity("model", "revision", "pack"), "version");

  /** What the document says, and the same for a labelled exchange. */
  private record Rule(String words, Predicate<Labelled> isNull) {}

  private static final Map<String, Rule> RULES = new LinkedHashMap<>();

  static {
    for (String column :
        List.of(
            "conversation_id",
            "turn_index",
            "content_hash",
            "label_status",
            "input_tokens",
            "windows",
            "model_id",
            "model_revision",
            "prompt_pack",
            "engine_version",
            "run_id",
            "labelled_at")) {
      rule(column, NEVER, labelled -> false);
    }
    rule(
        "occurred_at",
        "the corpus has none that can be read",
        labelled -> labelled.row().occurredAt().isEmpty());
    rule(
        "source",
        "the corpus has none that can be read",
        labelled -> labelled.row().source().isEmpty());
    rule(
        "language",
        "the corpus has none that can be read, of an exchange whose texts were not looked at",
        labelled -> labelled.row().language().isEmpty());
    for (String column : List.of("input_file", "input_row")) {
      rule(column, "the input is a Delta table", labelled -> labelled.row().place().isEmpty());
    }
    String promptUnjudged = "there is no message with text, or its answer is off format or failed";
    String responseUnjudged = "there is no reply with text, or its answer is off format or failed";
    rule("prompt_harmful", promptUnjudged, labelled -> !labelled.judged(GuardTask.PROMPT));
    rule("prompt_probability", promptUnjudged, labelled -> !labelled.judged(GuardTask.PROMPT));
    rule(
        "prompt_category",
        "`prompt_harmful` is not true",
        labelled -> !labelled.harmful(GuardTask.PROMPT));
    rule("response_harmful", responseUnjudged, labelled -> !labelled.judged(GuardTask.RESPONSE));
    rule(
        "response_probability", responseUnjudged, labelled -> !labelled.judged(GuardTask.RESPONSE));
    rule(
        "response_category",
        "`response_harmful` is not true",
        labelled -> !labelled.harmful(GuardTask.RESPONSE));
    rule(
        "severity",
        "`response_harmful` is null, the severity's own answer is off format or failed, or under `--severity off`",
        labelled -> !labelled.severity());
    rule(
        "severity_probabilities",
        "`severity` is null, or 0 without being asked",
        labelled -> !labelled.severity() || !labelled.asksSeverity());
    rule("severity_score", "`severity` is null", labelled -> !labelled.severity());
    rule("error_code", "`label_status` is `ok`", Labelled::ok);
    rule("error_message", "`label_status` is `ok`", Labelled::ok);
    rule("format_confidence", "`windows` is 0", labelled -> !labelled.scored());
    rule("unread_parts", "there are none", labelled -> labelled.row().unreadParts() == 0);
    rule("window_of_verdict", "no text that has a verdict was judged in windows", labelled -> true);
    rule(
        "context_cut_tokens",
        "the reply was judged with the whole message, or `truncated_tokens` tells",
        labelled -> true);
    rule("truncated_tokens", "no text was cut", labelled -> !labelled.cut());
    rule("prepared", "no step changed them", labelled -> true);
    rule(
        "reused_from",
        "the texts were judged for this row",
        labelled -> labelled.row().earlier().isEmpty());
    rule("source_deleted", "no run with `--mark-deleted` has found that", labelled -> true);
    rule(
        "prompt_text",
        "there is no message, or the row was written without `--include-text`",
        labelled -> labelled.row().exchange().prompt().isEmpty());
    rule(
        "response_text",
        "there is no reply, or the row was written without `--include-text`",
        labelled -> labelled.row().exchange().response().isEmpty());
  }

  @TempDir static Path directory;
  private static GuardTokenizer tokenizer;
  private static RequestFactory requests;

  @BeforeAll
  static void open() throws Exception {
    PlantedModel.writeTexts(directory);
    tokenizer = GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME));
    PromptPack pack = PromptPack.read(directory.resolve(PromptPack.FILE_NAME));
    requests = new RequestFactory(pack, tokenizer, MAX_TOKENS);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void everyColumnHasARule() {
    assertThat(RULES).containsOnlyKeys(LabelRow.schema(true).fieldNames());
  }

  @Test
  void theDocumentSaysWhatEachColumnIsAndWhenItIsNull() throws Exception {
    assertThat(ReadmeTable.rows(DOCUMENT, HEADER))
        .extracting(
            row -> Arrays.stream(row.split("\\|")).map(String::strip).toList().subList(1, 4))
        .containsExactlyElementsOf(
            Arrays.stream(LabelRow.schema(true).fields())
                .map(
                    field ->
                        List.of(
                            "`" + field.name() + "`",
                            field.dataType().catalogString(),
                            RULES.get(field.name()).words()))
                .toList());
    assertThat(LabelRow.schema(true).fields())
        .allSatisfy(
            field ->
                assertThat(field.nullable())
                    .as(field.name())
                    .isEqualTo(!RULES.get(field.name()).words().equals(NEVER)));
  }

  @Test
  void aColumnIsNullWhenItsRuleSaysSoAndNeverOtherwise() throws Exception {
    Map<String, TreeSet<Boolean>> seen = new HashMap<>();
    for (SeverityMode mode : SeverityMode.values()) {
      for (Labelled labelled : labelled(mode, new Random(mode.name().hashCode()))) {
        Row row = new LabelRow(labelled.row(), labelled.label(), STAMP, Instant.EPOCH).write(true);
        RULES.forEach(
            (column, rule) -> {
              boolean isNull = row.getAs(column) == null;
              assertThat(isNull)
                  .as("%s of %s", column, row)
                  .isEqualTo(rule.isNull().test(labelled));
              seen.computeIfAbsent(column, any -> new TreeSet<>()).add(isNull);
            });
      }
    }
    RULES.forEach(
        (column, rule) ->
            assertThat(seen.get(column))
                .as(column)
                .hasSize(rule.words().equals(NEVER) || NOT_HERE.contains(column) ? 1 : 2));
  }

  private static void rule(String column, String words, Predicate<Labelled> isNull) {
    RULES.put(column, new Rule(words, isNull));
  }

  private static List<Labelled> labelled(SeverityMode mode, Random random) throws Exception {
    RandomScorer scorer = new RandomScorer(requests, random);
    List<ExchangeRow> rows = new ArrayList<>();
    for (Exchange exchange : RandomExchanges.of(random, EXCHANGES)) {
      rows.add(
          new ExchangeRow(
              "conversation",
              rows.size(),
              maybe(random, Instant.EPOCH),
              maybe(random, "forum"),
              maybe(random, "en"),
              maybe(random, new InputPlace("file:/in.jsonl", 7)),
              exchange,
              random.nextInt(3),
              maybe(random, settled(random)).filter(any -> random.nextInt(5) == 0)));
    }
    List<SafetyLabel> judged =
        new Cascade(requests, scorer, Cascade.Options.of(mode), new EngineMetrics())
            .judge(rows.stream().flatMap(row -> row.toBeJudged().stream()).toList());
    List<Labelled> labelled = new ArrayList<>();
    int next = 0;
    for (ExchangeRow row : rows) {
      SafetyLabel label = row.settled().isPresent() ? row.settled().get() : judged.get(next++);
      boolean copied = row.settled().isEmpty() && random.nextInt(5) == 0;
      labelled.add(new Labelled(copied ? copy(row, label) : row, label, mode, scorer));
    }
    return labelled;
  }

  private static ExchangeRow copy(ExchangeRow row, SafetyLabel earlier) {
    return new ExchangeRow(
        row.conversationId(),
        row.turnIndex(),
        row.occurredAt(),
        row.source(),
        row.language(),
        row.place(),
        row.exchange(),
        row.unreadParts(),
        row.settled(),
        Optional.of(new EarlierLabel(earlier, "run-0", "version-0")),
        row.prepared());
  }

  private static <T> Optional<T> maybe(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static SafetyLabel settled(Random random) {
    return random.nextBoolean()
        ? SafetyLabel.notJudged(LabelStatus.ERROR, ErrorCode.SOURCE_UNKNOWN_ROLE, "a role")
        : SafetyLabel.notJudged(
            LabelStatus.SKIPPED_EMPTY, ErrorCode.SOURCE_EMPTY_CONVERSATION, "nothing");
  }

  /** An exchange, its label, and from what was put to the model and answered, how it must look. */
  private record Labelled(
      ExchangeRow row, SafetyLabel label, SeverityMode mode, RandomScorer scorer) {
    /** The request of a binary task, if there is text to judge. */
    Optional<ScoreRequest> request(GuardTask task) {
      // Of a copy, what was judged for the row that it was copied from.
      return Optional.of(row.exchange())
          .filter(any -> row.settled().isEmpty())
          .flatMap(task::judged)
          .filter(text -> !SlotText.isBlank(text))
          .map(text -> scorer.request(Question.binary(task, row.exchange())));
    }

    Optional<AnswerReader.Binary> answer(GuardTask task) {
      return request(task)
          .flatMap(
              request ->
                  scorer
                      .answer(request)
                      .map(scores -> new AnswerReader(request.choices(), scores).binary()));
    }

    boolean judged(GuardTask task) {
      return answer(task).filter(answer -> !answer.offFormat()).isPresent();
    }

    boolean harmful(GuardTask task) {
      return answer(task)
          .flatMap(AnswerReader.Binary::verdict)
          .filter(said -> said.harmful())
          .isPresent();
    }

    boolean asksSeverity() {
      return judged(GuardTask.RESPONSE)
          && (mode == SeverityMode.ALL
              || (mode == SeverityMode.FLAGGED && harmful(GuardTask.RESPONSE)));
    }

    Optional<ScoreRequest> severityRequest() {
      return answer(GuardTask.RESPONSE)
          .filter(any -> asksSeverity())
          .flatMap(AnswerReader.Binary::likeliestCategory)
          .map(category -> scorer.request(Question.severity(category, row.exchange())));
    }

    boolean severity() {
      if (!judged(GuardTask.RESPONSE) || mode == SeverityMode.OFF) {
        return false;
      }
      return !asksSeverity()
          || severityRequest()
              .filter(
                  request ->
                      scorer
                          .answer(request)
                          .flatMap(
                              scores ->
                                  new AnswerReader(request.choices(), scores).greedy().meaning())
                          .isPresent())
              .isPresent();
    }

    private List<ScoreRequest> asked() {
      List<ScoreRequest> asked = new ArrayList<>();
      request(GuardTask.PROMPT).ifPresent(asked::add);
      request(GuardTask.RESPONSE).ifPresent(asked::add);
      severityRequest().ifPresent(asked::add);
      return asked;
    }

    boolean scored() {
      return asked().stream().anyMatch(request -> scorer.answer(request).isPresent());
    }

    boolean cut() {
      return asked().stream()
          .anyMatch(request -> request.truncated() && scorer.answer(request).isPresent());
    }

    /** Both texts, where there are any, were put whole, and everything that was asked answered. */
    boolean ok() {
      boolean blank =
          row.exchange().prompt().filter(SlotText::isBlank).isPresent()
              || row.exchange().response().filter(SlotText::isBlank).isPresent();
      boolean asksSeverity = asksSeverity();
      return !asked().isEmpty()
          && !blank
          && !cut()
          && request(GuardTask.PROMPT).isPresent() == judged(GuardTask.PROMPT)
          && request(GuardTask.RESPONSE).isPresent() == judged(GuardTask.RESPONSE)
          && (!asksSeverity || severity());
    }
  }
}
