package io.bingoguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.AnswerChoices;
import io.bingoguard.score.Cascade;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.score.RequestScorer;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.spark.settings.Setting;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of two exchanges, three of them in flight. */
class JudgementsTest {
  private static final int BATCH = 2;
  private static final int IN_FLIGHT = 3;
  private static final EngineSettings SETTINGS =
      GuardSettings.of(
              Map.of(
                  Setting.BATCH_EXCHANGES.key(), Integer.toString(BATCH),
                  Setting.BATCHES_IN_FLIGHT.key(), Integer.toString(IN_FLIGHT)))
          .engine();

  private static GuardTokenizer tokenizer;
  private static PromptPack pack;
  private static RequestFactory requests;

  private final List<CompletableFuture<ChoiceScores>> asked = new ArrayList<>();
  private int read;

  @BeforeAll
  static void openTexts(@TempDir Path directory) throws IOException {
    PlantedModel.writeTexts(directory);
    tokenizer = GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME));
    pack = PromptPack.read(directory.resolve(PromptPack.FILE_NAME));
    requests = new RequestFactory(pack, tokenizer, SETTINGS.maxTokens());
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void subjectsKeepTheirOrderAndThoseNotToBeJudgedTheirPlace() {
    List<Judgements.Judged<Integer>> judged = new ArrayList<>();
    judge(20, Integer.MAX_VALUE, number -> number % 5 != 3).forEachRemaining(judged::add);

    assertThat(judged)
        .extracting(Judgements.Judged::subject)
        .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    int tokens = 0;
    for (Judgements.Judged<Integer> one : judged) {
      assertThat(one.label().isPresent()).isEqualTo(one.subject() % 5 != 3);
      if (one.label().isPresent()) {
        assertThat(one.label().get().status()).isEqualTo(LabelStatus.OK);
        assertThat(one.label().get().inputTokens()).isGreaterThan(tokens);
        tokens = one.label().get().inputTokens();
      }
    }
  }

  @Test
  void readsNoFurtherThanTheBatchesInFlight() {
    Judgements<Integer> judged = judge(100, Integer.MAX_VALUE, number -> true);
    assertThat(read).isZero();

    judged.next();
    assertThat(read).isEqualTo(BATCH * IN_FLIGHT);
    judged.next();
    assertThat(read).isEqualTo(BATCH * IN_FLIGHT);
    judged.next();
    assertThat(read).isEqualTo(BATCH * (IN_FLIGHT + 1));
  }

  @Test
  void endsWhereTheSubjectsEnd() {
    Judgements<Integer> none = judge(0, 0, number -> true);
    Judgements<Integer> one = judge(1, 1, number -> true);

    assertThat(none.hasNext()).isFalse();
    one.next();
    assertThat(one.hasNext()).isFalse();
    assertThatThrownBy(one::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void closingDropsWhatIsInFlightAndAsksForNoMore() {
    Judgements<Integer> judged = judge(100, BATCH, number -> true);
    judged.next();
    assertThat(asked).hasSize(BATCH * IN_FLIGHT);
    assertThat(asked.subList(BATCH, asked.size())).noneMatch(CompletableFuture::isDone);

    judged.close();

    assertThat(asked.subList(BATCH, asked.size())).allMatch(CompletableFuture::isCancelled);
    assertThat(asked).hasSize(BATCH * IN_FLIGHT);
  }

  @Test
  void anInterruptedTaskStopsAndStaysInterrupted() {
    Judgements<Integer> judged = judge(100, 0, number -> true);

    Thread.currentThread().interrupt();
    assertThatThrownBy(judged::next).isInstanceOf(EngineStoppedException.class);

    assertThat(Thread.interrupted()).isTrue();
    judged.close();
    assertThat(asked).allMatch(CompletableFuture::isCancelled);
  }

  /**
   * Judges the numbers from 0; the higher, the longer the text.
   *
   * @param answered so many requests are answered at once, the others never
   */
  private Judgements<Integer> judge(int count, int answered, IntPredicate toBeJudged) {
    Iterator<Integer> numbers = IntStream.range(0, count).boxed().peek(number -> read++).iterator();
    RequestScorer scorer =
        submitted ->
            submitted.stream()
                .map(
                    request -> {
                      CompletableFuture<ChoiceScores> scores = new CompletableFuture<>();
                      if (asked.size() < answered) {
                        scores.complete(harmless(request.choices()));
                      }
                      asked.add(scores);
                      return scores;
                    })
                .toList();
    return new Judge(
            new Cascade(
                requests, scorer, Cascade.Options.of(SeverityMode.FLAGGED), new EngineMetrics()),
            pack,
            SETTINGS)
        .judge(
            numbers,
            number ->
                toBeJudged.test(number)
                    ? Optional.of(Exchange.ofPrompt("word ".repeat(number + 1)))
                    : Optional.empty());
  }

  /** Leaves the head as soon as it can. */
  private static ChoiceScores harmless(AnswerChoices choices) {
    List<ChoiceScores.StepScores> steps = new ArrayList<>();
    for (int step = 0; step < choices.steps(); step++) {
      int at = step;
      int[] legal = choices.legalTokens(step);
      int token =
          Arrays.stream(legal)
              .filter(one -> !choices.staysOnHead(at, one))
              .findFirst()
              .orElse(legal[0]);
      steps.add(new ChoiceScores.StepScores(new double[legal.length], token, 0));
    }
    return new ChoiceScores(steps);
  }
}
