package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests of a pack in the authors' shape, in the ids of the model's own tokenizer, which is not
 * part of this project: run by scripts/check-llama3-tokenizer only.
 */
@Tag("llama3")
class Llama3RequestsTest {
  private static final int BOS = 128000;
  private static final int START_HEADER = 128006;
  private static final int END_HEADER = 128007;
  private static final int MAX_TOKENS = 4096;

  private static final PromptPack PACK =
      PromptPack.read(Path.of("src/test/resources/import", PromptPack.FILE_NAME));

  private static Path file;
  private static GuardTokenizer tokenizer;
  private static RequestFactory requests;

  @BeforeAll
  static void open() {
    String directory = Objects.requireNonNull(System.getProperty("bingoguard.llama3.tokenizer"));
    file = Path.of(directory, GuardTokenizer.FILE_NAME);
    tokenizer = GuardTokenizer.open(file);
    requests = new RequestFactory(PACK, tokenizer, MAX_TOKENS);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void beginWithTwoBosAndEndWithTheAssistantHeader() {
    for (ScoreRequest request : ofEveryPrompt(Exchange.of("Hello", "Hi"))) {
      assertThat(request.tokens()).startsWith(BOS, BOS, START_HEADER);
      assertThat(request.tokens()[request.tokens().length - 1]).isEqualTo(END_HEADER);
      assertThat(request.prefix().begins(request.tokens())).isTrue();
    }
  }

  @Test
  void readAnswersAtTheIdsThatTheModelWrites() {
    AnswerChoices binary =
        requests.request(Question.binary(GuardTask.PROMPT, Exchange.ofPrompt("x"))).choices();
    assertThat(binary.head()).containsExactly(39257, 198, 50);
    assertThat(binary.legalTokens(0)).containsExactly(19193, 39257);
    assertThat(binary.legalTokens(3)).hasSize(11);

    PackCategory first = PACK.categories().get(0);
    AnswerChoices severity =
        requests.request(Question.severity(first.category(), Exchange.of("x", "y"))).choices();
    assertThat(severity.head()).containsExactly(2, 3374, 25, 220);
    assertThat(severity.legalTokens(4)).hasSize(5).contains(18);
  }

  @Test
  void keepTheirStructureUnderHostileTexts() throws IOException {
    List<String> spellings = new ArrayList<>();
    for (JsonNode added : new ObjectMapper().readTree(file.toFile()).get("added_tokens")) {
      spellings.add(added.get("content").textValue());
    }
    assertThat(spellings).hasSize(256);

    new PromptStructure(PACK, tokenizer, MAX_TOKENS).survives(HostileTexts.all(spellings));
  }

  private static List<ScoreRequest> ofEveryPrompt(Exchange exchange) {
    List<ScoreRequest> all = new ArrayList<>();
    all.add(requests.request(Question.binary(GuardTask.PROMPT, exchange)));
    all.add(requests.request(Question.binary(GuardTask.RESPONSE, exchange)));
    for (PackCategory described : PACK.categories()) {
      all.add(requests.request(Question.severity(described.category(), exchange)));
    }
    return all;
  }
}
