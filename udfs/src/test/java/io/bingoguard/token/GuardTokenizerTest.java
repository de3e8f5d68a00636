package io.bingoguard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.prompt.Piece;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  void neitherCutsNorPadsWhateverTheFileAsksFor() throws IOException {
    Path changed =
        changedFile(
            root -> {
              root.putObject("truncation")
                  .put("direction", "Right")
                  .put("max_length", 3)
                  .put("strategy", "LongestFirst")
                  .put("stride", 0);
              root.putObject("padding")
                  .put("direction", "Right")
                  .putNull("pad_to_multiple_of")
                  .put("pad_id", 0)
                  .put("pad_type_id", 0)
                  .put("pad_token", "!")
                  .putObject("strategy")
                  .put("Fixed", 64);
            });
    try (GuardTokenizer other = GuardTokenizer.open(changed)) {
      for (String text : List.of("a", "a text of more tokens than three, and then some")) {
        assertThat(other.encodePlain(text)).isEqualTo(guard.encodePlain(text));
      }
    }
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
  void findsAddedTokensThatAreNotSpecialInAllText() throws IOException {
    Path file =
        changedFile(
            root -> {
              // Before the special ones, so that the library numbers it otherwise without them.
              insert(root, "polymer", 1024).put("special", false);
              add(root, "<think>", 1281).put("special", false);
              add(root, "caf\u00e9 noir", 1282).put("special", false).put("normalized", true);
            });
    try (TokenizerUnderTest changed = new TokenizerUnderTest(file)) {
      for (String text :
          List.of(
              "a polymer", "polymers", "<think>why</think>", "caf\u00e9 noir!", "caf\u00e9 noi")) {
        int[] whole = changed.encodeWhole("<|eot_id|>" + text + "<|eot_id|>");
        assertThat(
                changed
                    .guard()
                    .encode(
                        List.of(
                            new Piece("<|eot_id|>", true),
                            new Piece(text, false),
                            new Piece("<|eot_id|>", true))))
            .as(text)
            .isEqualTo(whole);
        assertThat(changed.guard().encodePlain(text)).isEqualTo(changed.encodeWhole(text));
      }
      assertThat(changed.guard().encodePlain("<think>")).containsExactly(1281);
      assertThat(changed.guard().encodePlain("<|eot_id|>")).hasSizeGreaterThan(3);
      assertThat(changed.guard().plainTokensIn("No <think> here")).containsExactly("<think>");
      assertThat(changed.guard().highestId()).isEqualTo(1282);
    }
  }

  @Test
  void anAddedTokenThatHidesASpecialOneInTheTemplateDoesSo() throws IOException {
    try (TokenizerUnderTest changed =
        new TokenizerUnderTest(
            changedFile(root -> add(root, ">><|eot", 1280).put("special", false)))) {
      String text = "a>><|eot_id|>b<|eot_id|>";
      assertThat(changed.guard().encode(List.of(new Piece(text, true))))
          .isEqualTo(changed.encodeWhole(text));
    }
  }

  @Test
  void putsAPrefixOnlyWhereTheTokenizerPutsIt() throws IOException {
    for (String scheme : List.of("first", "always", "never")) {
      Path file = changedFile(root -> metaspace(root, scheme));
      try (TokenizerUnderTest changed = new TokenizerUnderTest(file)) {
        for (String text : List.of("Hello there", " Hello", "\u2581Hello", "")) {
          String whole = "<|begin_of_text|>Say: " + text + "<|eot_id|>" + text;
          assertThat(
                  changed
                      .guard()
                      .encode(
                          List.of(
                              new Piece("<|begin_of_text|>Say: ", true),
                              new Piece(text, false),
                              new Piece("<|eot_id|>", true),
                              new Piece(text, false))))
              .as("%s: '%s'", scheme, text)
              .isEqualTo(changed.encodeWhole(whole));
          assertThat(changed.guard().encode(List.of(new Piece(text, false))))
              .as("%s: '%s'", scheme, text)
              .isEqualTo(changed.encodeWhole(text));
          int[] after = changed.encodeWhole("<|eot_id|>" + text);
          assertThat(changed.guard().encodeFollowing(text))
              .isEqualTo(Arrays.copyOfRange(after, 1, after.length));
        }
      }
    }
  }

  @Test
  void givesCharactersItDoesNotKnowTheIdOfTheUnknownToken() throws IOException {
    Path file =
        changedFile(
            root -> {
              root.putNull("pre_tokenizer");
              ((ObjectNode) root.path("model")).put("unk_token", "!");
              insert(root, "!", 0);
            });
    try (TokenizerUnderTest changed = new TokenizerUnderTest(file)) {
      assertThat(changed.guard().encodePlain("a\u6f22"))
          .endsWith(0)
          .isEqualTo(changed.encodeWhole("a\u6f22"));
    }
  }

  @Test
  void refusesToHandOutASpecialTokenForPlainText() throws IOException {
    int letter = guard.encodePlain("q")[0];
    try (GuardTokenizer forged =
        GuardTokenizer.open(changedFile(root -> insert(root, "q", letter)))) {
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
    Consumer<ObjectNode> otherId = root -> add(root, "<|x|>", 5000);
    Consumer<ObjectNode> words = root -> model(root).put("type", "WordLevel");
    Consumer<ObjectNode> chance = root -> model(root).put("dropout", 0.1);
    Consumer<ObjectNode> dropping = root -> root.putNull("pre_tokenizer");
    Consumer<ObjectNode> normalized =
        root -> {
          root.putObject("normalizer").put("type", "NFC");
          add(root, "<|x|>", 1280).put("normalized", true);
        };
    return Stream.of(
        arguments("no model", noModel, "'model'"),
        arguments("unknown model", otherModel, "cannot be used"),
        arguments("added token without id", noId, "no content or no id"),
        arguments("added token without content", noContent, "no content or no id"),
        arguments("added token that strips", stripping, "<|x|> has rstrip"),
        arguments("added token out of turn", otherId, "has id 5000, but by its place"),
        arguments("words", words, "model.type is WordLevel"),
        arguments("dropout", chance, "model.dropout is 0.1"),
        arguments("characters that get lost", dropping, "would be dropped"),
        arguments("special tokens in normalised text", normalized, "<|x|> has normalized"));
  }

  @Test
  void refusesAFileThatIsMissingOrNotJson() throws IOException {
    refuses(directory.resolve("absent.json"), "no such file");
    refuses(
        Files.writeString(
            directory.resolve("lfs.json"), "version https://git-lfs.github.com/spec/v1\noid x\n"),
        "git lfs pull");
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

  private static ObjectNode model(ObjectNode root) {
    return (ObjectNode) root.path("model");
  }

  /** Spells blanks as sentencepiece does, over the bytes of the byte-level vocabulary. */
  private static void metaspace(ObjectNode root, String scheme) {
    ObjectNode sequence = root.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    steps
        .addObject()
        .put("type", "Metaspace")
        .put("replacement", "\u2581")
        .put("prepend_scheme", scheme)
        .put("split", false);
    steps
        .addObject()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
  }

  private static ObjectNode add(ObjectNode root, String spelling, int id) {
    return addedToken(root.withArray("added_tokens").addObject(), spelling, id);
  }

  /** Puts a token before all others, whose ids move up when the vocabulary does not have it. */
  private static ObjectNode insert(ObjectNode root, String spelling, int id) {
    if (!root.path("model").path("vocab").has(spelling)) {
      root.path("added_tokens")
          .forEach(token -> ((ObjectNode) token).put("id", token.path("id").intValue() + 1));
    }
    return addedToken(root.withArray("added_tokens").insertObject(0), spelling, id);
  }

  private static ObjectNode addedToken(ObjectNode token, String spelling, int id) {
    return token
        .put("id", id)
        .put("content", spelling)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }
}
