package io.bingoguard.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.prompt.Piece;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The ids that BingoGuard was trained with. The tokenizer is Meta's and not part of this project,
 * so this runs by scripts/check-llama3-tokenizer only.
 */
@Tag("llama3")
class Llama3TokenizerTest {
  private static final String DIRECTORY = "bingoguard.llama3.tokenizer";

  private static TokenizerUnderTest tokenizer;
  private static GuardTokenizer guard;
  private static TokenizationProperties properties;

  @BeforeAll
  static void open() throws IOException {
    String directory = Objects.requireNonNull(System.getProperty(DIRECTORY), DIRECTORY);
    tokenizer = new TokenizerUnderTest(Path.of(directory, GuardTokenizer.FILE_NAME));
    guard = tokenizer.guard();
    properties = new TokenizationProperties(tokenizer);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void tokenizesTheAnswersAsTheModelWritesThem() {
    assertThat(guard.encodePlain("safe")).containsExactly(19193);
    assertThat(guard.encodePlain("unsafe")).containsExactly(39257);
    assertThat(guard.encodePlain("unsafe\nS7: Non-violent illegal activity"))
        .startsWith(39257, 198, 50, 22, 25)
        .hasSizeGreaterThan(8);
    assertThat(guard.encodePlain("#level: 3")).containsExactly(2, 3374, 25, 220, 18);
  }

  @Test
  void writesEveryCategoryNumberAsOneTokenAfterTheLetter() {
    for (int category = 1; category <= 11; category++) {
      String number = Integer.toString(category);
      int[] alone = guard.encodePlain(number);
      assertThat(alone).as(number).hasSize(1);
      assertThat(guard.encodePlain("unsafe\nS" + number)).containsExactly(39257, 198, 50, alone[0]);
    }
  }

  @Test
  void putsTheAnswerDirectlyAfterTheAssistantHeader() {
    List<Piece> prompt =
        List.of(
            new Piece("<|begin_of_text|><|begin_of_text|><|start_header_id|>user", true),
            new Piece("<|end_header_id|>\n\n", true),
            new Piece("Hello", false),
            new Piece("<|eot_id|><|start_header_id|>assistant<|end_header_id|>safe", true));

    assertThat(guard.encode(prompt))
        .containsExactly(
            128000, 128000, 128006, 882, 128007, 271, 9906, 128009, 128006, 78191, 128007, 19193);
  }

  @Test
  void knowsTheTokensThatFrameARequest() {
    assertThat(guard.addedTokenId("<|begin_of_text|>")).hasValue(128000);
    assertThat(guard.addedTokenId("<|end_of_text|>")).hasValue(128001);
    assertThat(guard.addedTokenId("<|eot_id|>")).hasValue(128009);
  }

  @Test
  void neverMakesASpecialTokenOfConversationText() {
    properties.spellingsInTextStayPlain(1);
  }

  @Test
  void tokenizesTemplateAndTextAsTheWholeString() {
    properties.templateAndTextTokenizeAsTheWholeString(1, 50_000);
  }

  @Test
  void readsUnpairedSurrogatesAsReplacementCharacters() throws CharacterCodingException {
    properties.unpairedSurrogatesBecomeReplacementCharacters(1, 5_000);
  }

  @Test
  void cutsTheMiddleOutOfLongText() {
    properties.cutTextIsAStartAndAnEndOfTheRightLength(1, 20_000);
  }
}
