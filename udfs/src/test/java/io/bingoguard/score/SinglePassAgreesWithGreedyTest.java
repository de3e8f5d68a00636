package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.checkpoint.AnswerGrammar;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.device.Device;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import io.bingoguard.prompt.Answer;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The label read from one pass is what writing the answer token by token would have said. */
class SinglePassAgreesWithGreedyTest {
  private static final int EXCHANGES = 100;
  private static final int MAX_TOKENS = 2048;
  private static final int MAX_ANSWER_TOKENS = 8;
  private static final long SEED = 7;

  /** Not in any answer of the prompt pack. */
  private static final int STRAY_TOKEN = 700;

  private static final List<String> WORDS =
      List.of(
          "how",
          "to",
          "paint",
          "a",
          "fence",
          "without",
          "permission",
          "from",
          "the",
          "owner",
          "is",
          "it",
          "legal",
          "?",
          "Please",
          "explain",
          "2024",
          "\n",
          "caf\u00e9",
          "\u6f22\u5b57",
          "\ud83d\ude42",
          "dose",
          "of",
          "medicine",
          "for",
          "my",
          "dog",
          "...",
          "unsafe",
          "S3");

  /**
   * What both ways of answering said.
   *
   * @param meanings distinct meanings of legal answers
   * @param offFormat number of requests without a legal answer
   */
  private record Seen(Set<AnswerMeaning> meanings, int offFormat) {}

  @TempDir Path directory;
  private PromptPack pack;
  private GuardTokenizer tokenizer;

  @BeforeEach
  void openTexts() throws Exception {
    PlantedModel.writeTexts(directory);
    pack = PromptPack.read(directory.resolve(PromptPack.FILE_NAME));
    tokenizer = GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME));
  }

  @AfterEach
  void closeTokenizer() {
    tokenizer.close();
  }

  @Test
  void agreesOnLegalAnswers() throws Exception {
    PlantedModel.writeCheckpoint(directory, PlantedModel.grammar(directory), SEED);

    Map<GuardTask, Seen> seen = compare(directory);

    seen.forEach(
        (task, answers) -> {
          assertThat(answers.offFormat()).as(task.key()).isZero();
          assertThat(answers.meanings()).as(task.key()).hasSizeGreaterThan(2);
        });
  }

  @Test
  void agreesWhereAnswersGoAstrayHalfWay() throws Exception {
    PlantedModel.writeCheckpoint(directory, withStrayToken(PlantedModel.grammar(directory)), SEED);

    Map<GuardTask, Seen> seen = compare(directory);

    seen.forEach(
        (task, answers) -> {
          assertThat(answers.offFormat()).as(task.key()).isBetween(1, EXCHANGES - 1);
          assertThat(answers.meanings()).as(task.key()).hasSizeGreaterThan(1);
        });
  }

  @Test
  void findsEveryAnswerOffFormatThatAnUntrainedModelWrites() throws Exception {
    Path random = Path.of(getClass().getResource("/reference/new-spelling-tied-fp32").toURI());

    Map<GuardTask, Seen> seen = compare(random);

    seen.forEach(
        (task, answers) -> assertThat(answers.offFormat()).as(task.key()).isEqualTo(EXCHANGES));
  }

  private static AnswerGrammar withStrayToken(AnswerGrammar grammar) {
    List<AnswerGrammar.Rule> rules = new ArrayList<>();
    for (AnswerGrammar.Rule rule : grammar.rules()) {
      List<Integer> to = new ArrayList<>(rule.to());
      if (rule.isChoice()) {
        to.add(STRAY_TOKEN);
        to.sort(null);
      }
      rules.add(new AnswerGrammar.Rule(rule.from(), to));
    }
    return new AnswerGrammar(rules);
  }

  /** Answers every request both ways and fails at the first difference. */
  private Map<GuardTask, Seen> compare(Path checkpointDirectory) throws Exception {
    RequestFactory factory = new RequestFactory(pack, tokenizer, MAX_TOKENS);
    List<GuardTask> tasks = new ArrayList<>();
    List<ScoreRequest> requests = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < EXCHANGES; i++) {
      Exchange exchange = Exchange.of(text(random), text(random));
      PackCategory category = pack.categories().get(random.nextInt(pack.categories().size()));
      for (GuardTask task : GuardTask.values()) {
        tasks.add(task);
        requests.add(
            task == GuardTask.SEVERITY
                ? factory.request(Question.severity(category.category(), exchange))
                : factory.request(Question.binary(task, exchange)));
      }
    }

    PackLimits limits = new PackLimits(1024, 64, 1L << 24);
    Checkpoint checkpoint = Checkpoint.open(checkpointDirectory);
    SessionSettings settings = new SessionSettings(Device.CPU, Precision.FP32, 1, MAX_TOKENS * 2);
    Map<GuardTask, Seen> seen = new EnumMap<>(GuardTask.class);
    try (GuardSession session = GuardSession.open(checkpoint, settings);
        PassRunner runner = new PassRunner(session, limits, new EngineMetrics())) {
      List<CompletableFuture<ChoiceScores>> scores =
          new DirectScorer(runner::run, limits).submit(requests);
      for (int i = 0; i < requests.size(); i++) {
        ScoreRequest request = requests.get(i);
        int[] written = session.decode(request.tokens(), factory.endToken(), MAX_ANSWER_TOKENS);
        List<Answer> answers = pack.tasks().get(tasks.get(i)).answers();
        Optional<AnswerMeaning> meaning =
            WrittenAnswer.read(written, answers, tokenizer::encodePlain);
        AnswerReader reader = new AnswerReader(request.choices(), scores.get(i).join());
        assertSame(reader, tasks.get(i), meaning);
        Seen before = seen.getOrDefault(tasks.get(i), new Seen(Set.of(), 0));
        Set<AnswerMeaning> meanings = new HashSet<>(before.meanings());
        meaning.ifPresent(meanings::add);
        seen.put(
            tasks.get(i), new Seen(meanings, before.offFormat() + (meaning.isEmpty() ? 1 : 0)));
      }
    }
    return seen;
  }

  private static void assertSame(
      AnswerReader reader, GuardTask task, Optional<AnswerMeaning> written) {
    if (task == GuardTask.SEVERITY) {
      Optional<Integer> read = reader.level().severity().map(Severity::level);
      assertThat(read).isEqualTo(written.map(said -> ((AnswerMeaning.Level) said).level()));
      return;
    }
    AnswerReader.Binary read = reader.binary();
    assertThat(read.offFormat()).isEqualTo(written.isEmpty());
    if (written.isPresent()) {
      Verdict verdict = read.verdict().orElseThrow();
      assertThat(verdict.harmful()).isEqualTo(written.get() instanceof AnswerMeaning.Harmful);
      assertThat(verdict.category())
          .isEqualTo(
              written.get() instanceof AnswerMeaning.Harmful harmful
                  ? Optional.of(harmful.category())
                  : Optional.empty());
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int words = 1 + random.nextInt(60);
    for (int i = 0; i < words; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return text.toString();
  }
}
