package io.bingoguard.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.WellFormed;
import io.bingoguard.prompt.Piece;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What holds for every text, checked on many random ones. Failures name the seed of the case. */
final class TokenizationProperties {
  private static final List<String> BEFORE =
      List.of(
          "",
          " ",
          "  ",
          "\n",
          "\n\n",
          "\r",
          "\r\n",
          "\t",
          "x",
          "Message",
          ":",
          ": ",
          "Message: ",
          "User:\n",
          "'",
          "don'",
          "1",
          "12",
          "(",
          "{",
          "é",
          "e",
          "\u200d",
          "\u00a0",
          "😀",
          ".",
          "<|eot_id|>",
          "<|end_header_id|>\n\n",
          "S1 \n",
          "#");
  private static final List<String> AFTER =
      List.of(
          "",
          " ",
          "\n",
          "\n\n",
          "\r\n",
          "\nEnd.",
          "x",
          "s",
          "'s",
          "letter",
          ".",
          "?",
          ":",
          "\"",
          "1",
          "123",
          " Then",
          "  then",
          "\t",
          "}",
          "\u0301",
          "\ufe0f",
          "\u200d💻",
          "é",
          "<|eot_id|>",
          "\n<|eot_id|>",
          "<|eot_id|><|start_header_id|>assistant<|end_header_id|>");

  private final TokenizerUnderTest tokenizer;

  TokenizationProperties(TokenizerUnderTest tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Template and text together give the ids of the whole string, unless the text spells a token.
   */
  void templateAndTextTokenizeAsTheWholeString(long firstSeed, int cases) {
    int compared = 0;
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      RandomText random = new RandomText(seed);
      List<Piece> pieces = new ArrayList<>();
      pieces.add(new Piece("<|begin_of_text|>", true));
      for (int slots = 1 + random.below(2); slots > 0; slots--) {
        pieces.add(new Piece(random.oneOf(BEFORE), true));
        pieces.add(new Piece(random.text(12), false));
        pieces.add(new Piece(random.oneOf(AFTER), true));
      }
      if (spelledAcrossPieces(pieces)) {
        continue;
      }
      compared++;
      assertThat(tokenizer.guard().encode(pieces))
          .as("seed %d", seed)
          .isEqualTo(tokenizer.encodeWhole(pieces));
    }
    assertThat(compared).as("cases without a special spelling").isGreaterThan(cases * 9 / 10);
  }

  private boolean spelledAcrossPieces(List<Piece> pieces) {
    int inTemplate = 0;
    StringBuilder whole = new StringBuilder();
    for (Piece piece : pieces) {
      inTemplate += piece.trusted() ? spellings(piece.text()) : 0;
      whole.append(piece.text());
    }
    return spellings(whole.toString()) != inTemplate;
  }

  private int spellings(String text) {
    int count = 0;
    for (String spelling : tokenizer.added().keySet()) {
      for (int at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at + 1)) {
        count++;
      }
    }
    return count;
  }

  /** A text that spells any added token, however it is wrapped, gives the ids of plain letters. */
  void spellingsInTextStayPlain(long firstSeed) {
    int[] addedIds = tokenizer.added().values().stream().mapToInt(id -> id).toArray();
    List<String> spellings = List.copyOf(tokenizer.added().keySet());
    assertThat(spellings).hasSize(256);
    for (int i = 0; i < spellings.size() * 4; i++) {
      long seed = firstSeed + i;
      RandomText random = new RandomText(seed);
      String spelling = spellings.get(i % spellings.size());
      String text =
          switch (i / spellings.size()) {
            case 0 -> spelling;
            case 1 -> random.text(6) + spelling + random.text(6);
            case 2 -> "<" + spelling + random.oneOf(spellings) + ">";
            default -> spelling.substring(0, 5) + spelling + spelling.substring(5);
          };
      String before = "\n\n" + random.oneOf(List.of("", " ", "Message: ", "<|", "x"));
      String after = random.oneOf(List.of("", "\n", " End", "|>", "eot_id|>"));
      int[] ids =
          tokenizer
              .guard()
              .encode(
                  List.of(
                      new Piece("<|begin_of_text|><|end_header_id|>" + before, true),
                      new Piece(text, false),
                      new Piece(after + "<|eot_id|>", true)));

      int[] run = Arrays.copyOfRange(ids, 2, ids.length - 1);
      assertThat(IntStream.of(ids[0], ids[1], ids[ids.length - 1]))
          .as("added tokens of the template, seed %d", seed)
          .containsExactly(
              tokenizer.added().get("<|begin_of_text|>"),
              tokenizer.added().get("<|end_header_id|>"),
              tokenizer.added().get("<|eot_id|>"));
      assertThat(run)
          .as("seed %d", seed)
          .isEqualTo(tokenizer.encodeWithoutAdded(before + text + after));
      assertThat(run).as("seed %d", seed).doesNotContain(addedIds);
      assertThat(tokenizer.decode(run)).as("seed %d", seed).isEqualTo(before + text + after);
      assertThat(tokenizer.guard().encodePlain(text))
          .as("seed %d", seed)
          .isEqualTo(tokenizer.encodeWithoutAdded(text));
    }
  }

  /** Unpaired surrogates are read as an encoder that replaces them would write them. */
  void unpairedSurrogatesBecomeReplacementCharacters(long firstSeed, int cases)
      throws CharacterCodingException {
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      String text = new RandomText(seed).illFormedText(12);
      ByteBuffer utf8 =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .replaceWith("\ufffd".getBytes(StandardCharsets.UTF_8))
              .encode(CharBuffer.wrap(text));
      String repaired = StandardCharsets.UTF_8.decode(utf8).toString();
      assertThat(tokenizer.guard().encodePlain(text))
          .as("seed %d", seed)
          .isEqualTo(tokenizer.encodeWithoutAdded(repaired));
    }
  }

  /** A cut text is a start and an end of the text, and about as many tokens as asked for. */
  void cutTextIsAStartAndAnEndOfTheRightLength(long firstSeed, int cases) {
    for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
      RandomText random = new RandomText(seed);
      String text = random.text(60);
      int all = tokenizer.encodeWithoutAdded(text).length;
      assertThat(text.length())
          .as("length, seed %d", seed)
          .isLessThanOrEqualTo(all * tokenizer.guard().longestToken());
      int tokens = random.below(all + 5);
      String cut = tokenizer.guard().cutMiddle(text, tokens);
      if (all <= tokens) {
        assertThat(cut).as("seed %d", seed).isEqualTo(text);
        continue;
      }
      assertThat(cut.length()).as("shorter, seed %d", seed).isLessThan(text.length());
      assertThat(isStartAndEnd(cut, text)).as("start and end, seed %d", seed).isTrue();
      assertThat(WellFormed.of(cut)).as("surrogates paired, seed %d", seed).isEqualTo(cut);
      assertThat(tokenizer.encodeWithoutAdded(cut).length)
          .as("tokens kept, seed %d", seed)
          .isBetween(tokens - SLACK, tokens + SLACK);
    }
  }

  private static boolean isStartAndEnd(String cut, String text) {
    int start = 0;
    while (start < cut.length() && cut.charAt(start) == text.charAt(start)) {
      start++;
    }
    return text.length() >= cut.length() && text.endsWith(cut.substring(start));
  }

  /**
   * A cut inside a character takes the whole of it, up to 3 tokens more on either side, and the two
   * parts may join into other tokens at the seam.
   */
  private static final int SLACK = 8;
}
