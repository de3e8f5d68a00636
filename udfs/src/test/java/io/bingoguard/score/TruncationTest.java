package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a label says of texts that did not fit; the model is one that calls everything safe. */
class TruncationTest {
  private static final int LIMIT = 1000;
  private static final String SHORT = "How do I sharpen a knife?";

  private static GuardTokenizer tokenizer;
  private static RequestFactory requests;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    PlantedModel.writeTexts(directory);
    tokenizer = GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME));
    requests =
        new RequestFactory(
            PromptPack.read(directory.resolve(PromptPack.FILE_NAME)), tokenizer, LIMIT);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void textsThatFitLeaveNothingOut() throws Exception {
    SafetyLabel label = judge(Exchange.of(SHORT, "Draw it over a stone."), any -> true);

    assertThat(label.status()).isEqualTo(LabelStatus.OK);
    assertThat(label.truncatedTokens()).isEmpty();
  }

  @Test
  void onlyTheTaskWhoseTextWasCutIsCalledTruncated() throws Exception {
    String reply = "of a very long reply ".repeat(2000);

    SafetyLabel label = judge(Exchange.of(SHORT, reply), any -> true);

    assertThat(label.status()).isEqualTo(LabelStatus.TRUNCATED);
    assertThat(label.problem().orElseThrow().message())
        .startsWith("response: the text exceeds")
        .doesNotContain("prompt:");
    int all = tokenizer.encodePlain(reply).length;
    assertThat(label.truncatedTokens().orElseThrow()).isBetween(all - LIMIT, all);
  }

  @Test
  void aReplyThatWasJudgedWholeAfterACutMessageIsNotCalledCut() throws Exception {
    int frame =
        requests.request(Question.binary(GuardTask.RESPONSE, Exchange.of("", ""))).tokens().length;
    String message = ofTokens("one word after another ", (LIMIT - frame) * 6 / 10);
    String reply = ofTokens("and a reply that is long too ", (LIMIT - frame) * 5 / 10);

    SafetyLabel label = judge(Exchange.of(message, reply), any -> true);

    assertThat(label.status()).isEqualTo(LabelStatus.TRUNCATED);
    assertThat(label.problem().orElseThrow().message())
        .startsWith("response: the reply was judged whole");
    assertThat(label.truncatedTokens().orElseThrow()).isPositive();
  }

  @Test
  void anAnswerOffFormatHidesNeitherTheCutNorKeepsAVerdict() throws Exception {
    SafetyLabel label =
        judge(Exchange.of("word ".repeat(400_000), "Fine."), task -> task != GuardTask.PROMPT);

    assertThat(label.status()).isEqualTo(LabelStatus.OFF_FORMAT);
    assertThat(label.prompt()).isEmpty();
    assertThat(label.response()).isPresent();
    assertThat(label.problem().orElseThrow().message())
        .contains("prompt: the model's most likely answer", "prompt: the text exceeds");
    // A text of one repeated word is counted right although most of it is never tokenized.
    int all = 400_000 * tokenizer.encodePlain("word word ").length / 2;
    assertThat(label.truncatedTokens().orElseThrow()).isBetween(all - LIMIT, all + LIMIT);
  }

  @Test
  void eachTextCountsOnceHoweverManyTasksReadIt() throws Exception {
    String message = "one word after another ".repeat(3000);
    String reply = "and a reply that is long too ".repeat(3000);
    int all = tokenizer.encodePlain(message).length + tokenizer.encodePlain(reply).length;

    SafetyLabel label = judge(Exchange.of(message, reply), any -> true);

    assertThat(label.truncatedTokens().orElseThrow()).isBetween(all - LIMIT, all);
  }

  private static String ofTokens(String words, int tokens) {
    return words.repeat(10 * tokens / tokenizer.encodePlain(words.repeat(10)).length);
  }

  private static SafetyLabel judge(Exchange exchange, Predicate<GuardTask> inFormat)
      throws Exception {
    RequestScorer scorer =
        submitted ->
            submitted.stream()
                .map(request -> CompletableFuture.completedFuture(scores(request, inFormat)))
                .toList();
    return new Cascade(requests, scorer, Cascade.Options.of(SeverityMode.OFF), new EngineMetrics())
        .judge(List.of(exchange))
        .get(0);
  }

  private static ChoiceScores scores(ScoreRequest request, Predicate<GuardTask> inFormat) {
    GuardTask task =
        request.prefix().toString().equals(GuardTask.PROMPT.key())
            ? GuardTask.PROMPT
            : GuardTask.RESPONSE;
    return inFormat.test(task)
        ? TestScores.saying(request.choices(), TestScores.harmless())
        : TestScores.offFormat(request.choices());
  }
}
