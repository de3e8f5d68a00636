package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.Category;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SlotText;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.PackJson;
import io.bingoguard.prompt.Piece;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFactoryTest {
  private static final int LIMIT = 1200;
  private static final Path IMPORTED = Path.of("src/test/resources/import");

  @TempDir private static Path folder;

  private static PromptPack pack;
  private static GuardTokenizer tokenizer;
  private static RequestFactory requests;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    PlantedModel.writeTexts(directory);
    pack = PromptPack.read(directory.resolve(PromptPack.FILE_NAME));
    tokenizer = GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME));
    requests = new RequestFactory(pack, tokenizer, LIMIT);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void sendsTheBosTokenAsOftenAsThePackSays() {
    int bos = tokenizer.addedTokenId("<|begin_of_text|>").orElseThrow();

    int[] tokens =
        requests.request(Question.binary(GuardTask.PROMPT, Exchange.ofPrompt("Hello"))).tokens();

    assertThat(Arrays.stream(tokens).filter(token -> token == bos).count()).isEqualTo(2);
    assertThat(tokens).startsWith(bos, bos);
  }

  /** The renderings were made by Python's own formatting; see ImportedPackTest. */
  @Test
  void sendsTheIdsOfTheReferenceRenderings() throws IOException {
    PromptPack imported = PromptPack.read(IMPORTED.resolve(PromptPack.FILE_NAME));
    RequestFactory factory = new RequestFactory(imported, tokenizer, 4096);
    int padded = 0;
    for (JsonNode rendering :
        new ObjectMapper().readTree(IMPORTED.resolve("renderings.json").toFile())) {
      Exchange exchange =
          Exchange.of(rendering.get("prompt").textValue(), rendering.get("response").textValue());
      if (exchange.toString().contains("<|")) {
        // Their special tokens are text here, and special in a whole string.
        continue;
      }
      GuardTask task =
          GuardTask.valueOf(rendering.get("task").textValue().toUpperCase(Locale.ROOT));
      Optional<Category> category =
          task == GuardTask.SEVERITY
              ? Optional.of(category(imported, rendering.get("category").textValue()))
              : Optional.empty();

      ScoreRequest request = factory.request(new Question(task, category, exchange));

      assertThat(request.tokens())
          .as(rendering.toString())
          .isEqualTo(withSecondBos(rendering.get("text").textValue()));
      assertThat(request.truncated()).isFalse();
      boolean stripped = exchange.equals(imported.asPut(task, exchange));
      padded += category.isPresent() && stripped && !isStripped(exchange) ? 1 : 0;
    }
    assertThat(padded).isGreaterThan(10);
  }

  @Test
  void stripsTheTextsOfATaskOnlyWhereThePackSaysSo() throws IOException {
    for (boolean strip : List.of(true, false)) {
      ObjectNode json = PackJson.valid();
      json.path("tasks").forEach(task -> ((ObjectNode) task).put("strip", strip));
      PromptPack small = PromptPack.read(PackJson.write(folder, json));
      RequestFactory factory = new RequestFactory(small, tokenizer, LIMIT);
      for (String space : List.of(" ", "\n\n", "\u00a0\t", "\u2003", "\r\n ")) {
        Exchange exchange = Exchange.of(space + "Hello" + space, space + "Good day." + space);
        Exchange bare = Exchange.of("Hello", "Good day.");
        Category first = small.categories().get(0).category();
        assertThat(factory.request(Question.severity(first, exchange)).tokens())
            .isEqualTo(withSecondBos(text(small.renderSeverity(first, strip ? bare : exchange))));
        for (GuardTask task : List.of(GuardTask.PROMPT, GuardTask.RESPONSE)) {
          assertThat(factory.request(Question.binary(task, exchange)).tokens())
              .isEqualTo(withSecondBos(text(small.render(task, strip ? bare : exchange))));
        }
      }
    }
  }

  @Test
  void aTextThatTheTaskDoesNotShowCutsNothing() {
    Exchange exchange = Exchange.of("A short question?", "of a very long reply ".repeat(40_000));

    ScoreRequest request = requests.request(Question.binary(GuardTask.PROMPT, exchange));

    assertThat(request.truncated()).isFalse();
    assertThat(request)
        .isEqualTo(
            requests.request(
                Question.binary(GuardTask.PROMPT, Exchange.ofPrompt("A short question?"))));
  }

  private static int[] withSecondBos(String text) {
    int[] ids = tokenizer.encode(List.of(new Piece(text, true)));
    int bos = tokenizer.addedTokenId("<|begin_of_text|>").orElseThrow();
    assertThat(ids).startsWith(bos);
    return IntStream.concat(IntStream.of(bos), Arrays.stream(ids)).toArray();
  }

  private static String text(List<Piece> pieces) {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  private static boolean isStripped(Exchange exchange) {
    return Stream.of(exchange.prompt(), exchange.response())
        .flatMap(Optional::stream)
        .allMatch(side -> SlotText.strip(side).equals(side));
  }

  private static Category category(PromptPack imported, String severityName) {
    return imported.categories().stream()
        .filter(described -> described.severityName().equals(severityName))
        .map(PackCategory::category)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sharesAllButTheConversationAndTheSuffix() {
    for (ScoreRequest request : ofEveryTask(Exchange.of("Hello there", "General advice."))) {
      assertThat(request.prefix().begins(request.tokens())).isTrue();
      assertThat(request.tokens().length - request.prefix().length()).isLessThan(60);
    }
  }

  @Test
  void cutsTheLongestSideAndNeverTheTemplate() {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      Exchange exchange =
          Exchange.of(words(random, random.nextInt(2500)), words(random, random.nextInt(2500)));
      for (ScoreRequest request : ofEveryTask(exchange)) {
        int[] brief = ofSameTask(request, Exchange.of("x", "y")).tokens();
        int length = request.tokens().length + request.choices().head().length;
        assertThat(length).isLessThanOrEqualTo(LIMIT);
        if (request.truncated()) {
          // What is cut away is not much more than what had to go.
          assertThat(length).isGreaterThan(LIMIT - 16);
        }
        assertThat(request.prefix().begins(request.tokens())).isTrue();
        assertThat(lastTokens(request.tokens(), 8)).containsExactly(lastTokens(brief, 8));
      }
    }
  }

  @Test
  void keepsBothEndsOfTheSideThatIsCutAndAllOfTheOther() {
    String longReply = "Beginning " + "of a very long reply ".repeat(400) + " ending";
    Exchange exchange = Exchange.of("A short question?", longReply);
    MiddleCut cut =
        new MiddleCut(
            tokenizer,
            shorter -> {
              assertThat(shorter.prompt()).hasValue("A short question?");
              String reply = shorter.response().orElseThrow();
              assertThat(reply).startsWith("Beginning of a").endsWith("reply  ending");
              return tokenizer.encodePlain(reply);
            },
            300);

    MiddleCut.Fitted fitted = cut.fit(exchange);

    assertThat(fitted.tokens().length).isBetween(290, 300);
    assertThat(fitted.leftOut().prompt()).isZero();
    assertThat(fitted.leftOut().response())
        .isEqualTo(tokenizer.encodePlain(longReply).length - fitted.tokens().length);
  }

  @Test
  void refusesALimitThatThePromptsAloneExceed() {
    assertThatThrownBy(() -> new RequestFactory(pack, tokenizer, 200))
        .hasMessageContaining("spark.bingoguard.maxTokens");
  }

  @Test
  void refusesMarkersThatConversationTextCouldForge(@TempDir Path directory) throws IOException {
    PlantedModel.writeTexts(directory);
    ObjectMapper mapper = new ObjectMapper();
    Path file = directory.resolve(GuardTokenizer.FILE_NAME);
    JsonNode json = mapper.readTree(file.toFile());
    for (JsonNode token : json.path("added_tokens")) {
      if (token.path("content").asText().equals("<|eot_id|>")) {
        ((ObjectNode) token).put("special", false);
      }
    }
    mapper.writeValue(file.toFile(), json);

    try (GuardTokenizer forgeable = GuardTokenizer.open(file)) {
      assertThatThrownBy(() -> new RequestFactory(pack, forgeable, LIMIT))
          .isInstanceOfSatisfying(
              GuardException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PACK_TOKEN_NOT_SPECIAL))
          .hasMessageContaining("<|eot_id|>");
    }
  }

  private static List<ScoreRequest> ofEveryTask(Exchange exchange) {
    List<ScoreRequest> all = new ArrayList<>();
    all.add(requests.request(Question.binary(GuardTask.PROMPT, exchange)));
    all.add(requests.request(Question.binary(GuardTask.RESPONSE, exchange)));
    all.add(requests.request(Question.severity(category(), exchange)));
    return all;
  }

  private static ScoreRequest ofSameTask(ScoreRequest request, Exchange exchange) {
    return ofEveryTask(exchange).stream()
        .filter(other -> other.prefix() == request.prefix())
        .findFirst()
        .orElseThrow();
  }

  private static Category category() {
    return pack.categories().get(10).category();
  }

  private static int[] lastTokens(int[] tokens, int count) {
    return Arrays.copyOfRange(tokens, tokens.length - count, tokens.length);
  }

  private static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(5) == 0 ? "\ud83d\ude42" : "word").append(' ');
    }
    return text.toString();
  }
}
