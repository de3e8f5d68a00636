package io.bingoguard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.prompt.Piece;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTokenizerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static TokenizerUnderTest tokenizer;
  private static GuardTokenizer guard;
  private static TokenizationProperties properties;

  @TempDir Path directory;

  @BeforeAll
  static void open() throws IOException {
    tokenizer = new TokenizerUnderTest(TokenizerUnderTest.referenceFile());
    guard = tokenizer.guard();
    properties = new TokenizationProperties(tokenizer);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void givesTheIdsOfTheReferenceImplementation() throws IOException {
    JsonNode cases =
        MAPPER.readTree(GuardTokenizerTest.class.getResource("/reference/tokenization.json"));
    assertThat(cases.size()).isGreaterThan(60);
    for (JsonNode entry : cases) {
      String text = entry.path("text").asText();
      assertThat(guard.encodePlain(text)).as("plain '%s'", text).isEqualTo(ids(entry, "ids_plain"));
      assertThat(guard.encode(List.of(new Piece(text, false))))
          .as("conversation '%s'", text)
          .isEqualTo(ids(entry, "ids_plain"));
      assertThat(guard.encode(List.of(new Piece(text, true))))
          .as("template '%s'", text)
          .isEqualTo(ids(entry, "ids_special"));
    }
  }

  private static int[] ids(JsonNode entry, String field) {
    return IntStream.range(0, entry.path(field).size())
        .map(i -> entry.path(field).get(i).intValue())
        .toArray();
  }

  @Test
  void tokenizesTemplateAndTextAsTheWholeString() {
    properties.templateAndTextTokenizeAsTheWholeString(1, 20_000);
  }

  @Test
  void neverMakesASpecialTokenOfConversationText() {
    properties.spellingsInTextStayPlain(1);
  }

  @Test
  void readsUnpairedSurrogatesAsReplacementCharacters() throws CharacterCodingException {
    assertThat(guard.encodePlain("a\ud800b\udc00")).isEqualTo(guard.encodePlain("a\ufffdb\ufffd"));
    properties.unpairedSurrogatesBecomeReplacementCharacters(1, 3_000);
  }

  @Test
  void joinsAPairOfSurrogatesAcrossPiecesOfOneRun() {
    assertThat(guard.encode(List.of(new Piece("\ud83d", true), new Piece("\ude00", false))))
        .isEqualTo(guard.encodePlain("😀"));
  }

  @Test
  void cutsTheMiddleOutOfLongText() {
    properties.cutTextIsAStartAndAnEndOfTheRightLength(1, 10_000);
  }

  @Test
  void keepsBothEndsWhenCutting() {
    String text = "The first words. " + "Something in between. ".repeat(500) + "The last words.";

    String cut = guard.cutMiddle(text, 60);

    assertThat(cut).startsWith("The first words. ").endsWith("The last words.");
    assertThat(guard.encodePlain(cut).length).isBetween(58, 62);
    assertThat(guard.cutMiddle(text, 0)).isEmpty();
    assertThat(guard.cutMiddle("", 0)).isEmpty();
  }

  @Test
  void alwaysTakesSomethingEvenOfCharactersThatAreManyTokens() {
    String text = "\ud80c\udc00".repeat(101);
    int tokens = guard.encodePlain(text).length;

    assertThat(tokens).isGreaterThan(101);
    assertThat(guard.cutMiddle(text, tokens - 1)).isEqualTo("\ud80c\udc00".repeat(100));
  }

  @Test
  void repairsSurrogatesInWhatACutLeaves() {
    assertThat(guard.cutMiddle("\ud800" + "word ".repeat(100) + "\udc00", 20))
        .startsWith("\ufffd")
        .endsWith("\ufffd");
  }

  @Test
  void takesAMegabyteOfOneLetter() {
    int[] ids = guard.encodePlain("a".repeat(1 << 20));

    assertThat(ids).hasSizeBetween(1 << 16, 1 << 20);
    assertThat(tokenizer.decode(ids)).isEqualTo("a".repeat(1 << 20));
    assertThat(tokenizer.decode(guard.encodePlain(guard.cutMiddle("a".repeat(1 << 20), 4096))))
        .matches("a+");
  }

  @Test
  void doesNotTruncateAtTheLibrarysDefaultLength() {
    String text = "Every word counts, and none is lost. ".repeat(2_000);

    assertThat(tokenizer.decode(guard.encodePlain(text))).isEqualTo(text);
  }

  @Test
  void givesTheSameIdsToManyThreadsAsToOne() {
    List<String> texts =
        LongStream.range(0, 2_000).mapToObj(seed -> new RandomText(seed).text(40)).toList();
    List<int[]> serial = texts.stream().map(GuardTokenizerTest::encodeInTemplate).toList();
    List<String> cutSerial = texts.stream().map(text -> guard.cutMiddle(text, 20)).toList();

    for (int round = 0; round < 3; round++) {
      List<int[]> parallel =
          texts.parallelStream().map(GuardTokenizerTest::encodeInTemplate).toList();
      assertThat(parallel.toArray(int[][]::new)).isDeepEqualTo(serial.toArray(int[][]::new));
      assertThat(texts.parallelStream().map(text -> guard.cutMiddle(text, 20)).toList())
          .isEqualTo(cutSerial);
    }
  }

  private static int[] encodeInTemplate(String text) {
    return guard.encode(
        List.of(
            new Piece("<|begin_of_text|>Message: ", true),
            new Piece(text, false),
            new Piece("<|eot_id|>", true)));
  }

  @Test
  void keepsTheLibraryOffTheNetwork() {
    String before = System.clearProperty("ai.djl.offline");
    try (GuardTokenizer opened = GuardTokenizer.open(TokenizerUnderTest.referenceFile())) {
      assertThat(opened.encodePlain("x")).hasSize(1);
      assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    } finally {
      if (before != null) {
        System.setProperty("ai.djl.offline", before);
      }
    }
  }

  @Test
  void knowsAddedTokensBySpelling() {
    assertThat(guard.addedTokenId("<|begin_of_text|>"))
        .hasValue(tokenizer.added().get("<|begin_of_text|>"));
    assertThat(guard.addedTokenId("<|no_such_token|>")).isEmpty();
    assertThat(guard.addedTokenId("a")).isEmpty();
  }

  @Test
  void prefersTheLongestSpellingThatStartsFirst() throws IOException {
    Path file =
        changedFile(
            root -> {
              add(root, "<|eot_id|><|end_of_text|>", 1280);
              add(root, "eot_id|><|end_of_text|>!", 1281);
            });
    try (TokenizerUnderTest changed = new TokenizerUnderTest(file)) {
      for (String text :
          List.of(
              "a<|eot_id|><|end_of_text|>!b",
              "<|eot_id|><|eot_id|><|end_of_text|>",
              "eot_id|><|end_of_text|>! <|eot_id|>",
              "<|eot_id|><|end_of_text|")) {
        assertThat(changed.guard().encode(List.of(new Piece(text, true))))
            .isEqualTo(changed.encodeWhole(text));
      }
    }
  }

  @Test
  void refusesToHandOutASpecialTokenForPlainText() throws IOException {
    int letter = guard.encodePlain("q")[0];
    try (GuardTokenizer forged =
        GuardTokenizer.open(changedFile(root -> add(root, "<|forged|>", letter)))) {
      assertThatThrownBy(() -> forged.encodePlain("q"))
          .hasMessageContaining(Integer.toString(letter))
          .asInstanceOf(type(GuardException.class))
          .extracting(GuardException::code)
          .isEqualTo(ErrorCode.TOKEN_FORGED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesATokenizerThatItCannotUse(String what, Consumer<ObjectNode> change, String seen)
      throws IOException {
    refuses(changedFile(change), seen);
  }

  static Stream<Arguments> refusesATokenizerThatItCannotUse() {
    Consumer<ObjectNode> noModel = root -> root.remove("model");
    Consumer<ObjectNode> otherModel = root -> root.putObject("model").put("type", "Unheard");
    Consumer<ObjectNode> noId = root -> add(root, "<|x|>", 5000).remove("id");
    Consumer<ObjectNode> noContent = root -> add(root, "", 5000);
    Consumer<ObjectNode> stripping = root -> add(root, "<|x|>", 5000).put("rstrip", true);
    return Stream.of(
        arguments("no model", noModel, "'model'"),
        arguments("unknown model", otherModel, "cannot be used"),
        arguments("added token without id", noId, "no content or no id"),
        arguments("added token without content", noContent, "no content or no id"),
        arguments("added token that strips", stripping, "<|x|> has rstrip"));
  }

  @Test
  void refusesAFileThatIsMissingOrNotJson() throws IOException {
    refuses(directory.resolve("absent.json"), "no such file");
    refuses(Files.writeString(directory.resolve("cut.json"), "{\"model\": {"), "cannot be used");
    refuses(Files.writeString(directory.resolve("empty.json"), ""), "'model'");
  }

  private static void refuses(Path file, String seen) {
    assertThatThrownBy(() -> GuardTokenizer.open(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(seen)
        .asInstanceOf(type(GuardException.class))
        .extracting(GuardException::code)
        .isEqualTo(ErrorCode.TOKENIZER_UNREADABLE);
  }

  private Path changedFile(Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = (ObjectNode) MAPPER.readTree(TokenizerUnderTest.referenceFile().toFile());
    change.accept(root);
    return Files.write(directory.resolve("changed.json"), MAPPER.writeValueAsBytes(root));
  }

  private static ObjectNode add(ObjectNode root, String spelling, int id) {
    return root.withArray("added_tokens")
        .addObject()
        .put("id", id)
        .put("content", spelling)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }
}
