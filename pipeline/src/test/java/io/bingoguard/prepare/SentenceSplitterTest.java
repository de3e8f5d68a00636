package io.bingoguard.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentenceSplitterTest {
  private static final List<String> UNITS =
      List.of(
          "Dr. Smith went home at 5 p.m. yesterday. ",
          "Was it raining? It was! ",
          "He paid $3.50 (i.e. nothing)... ",
          "public static void main(String[] args) {\n\tfor (;;) { x += 1; }\n}\n",
          "1. first\n2. second\n- third\n\n",
          "今天天气很好。我们去公园散步！",
          "🙂🙃 ",
          "<p class=\"x\">A paragraph.</p>\r\n",
          "x".repeat(700),
          "   \t ",
          "\n\n\n",
          "\u0000\u200b\ud800 ",
          "…—“quoted.” ");

  private final SentenceSplitter splitter = new SentenceSplitter();

  @Test
  void cutsBehindSentences() {
    assertThat(pieces("Dr. Smith went home. Was it late? Nobody knows."))
        .containsExactly("Dr. Smith went home. ", "Was it late? ", "Nobody knows.");
  }

  @Test
  void cutsWhatHasNoSentencesBehindLinesAndWords() {
    String code = "value = value + 1\n".repeat(200);

    assertThat(pieces(code)).hasSizeGreaterThan(9).allMatch(piece -> piece.length() <= 400);
    assertThat(pieces(code).stream().skip(1)).allMatch(piece -> piece.startsWith("\n"));
    assertThat(pieces("word ".repeat(400))).allMatch(piece -> piece.length() <= 400);
  }

  @Test
  void leavesNoCharacterOutAndCutsNoneInTwo() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int unit = random.nextInt(40); unit >= 0; unit--) {
        text.append(UNITS.get(random.nextInt(UNITS.size())));
      }
      int before = 0;
      for (int cut : splitter.cuts(text.toString())) {
        assertThat(cut).isGreaterThan(before).isLessThan(text.length());
        assertThat(Character.isLowSurrogate(text.charAt(cut))).isFalse();
        before = cut;
      }
    }
  }

  @Test
  void takesTextsThatAreOneLongLine() {
    assertThat(splitter.cuts("a".repeat(32_000))).isEmpty();
    assertThat(splitter.cuts("no end, ".repeat(4_000))).isNotEmpty();
    assertThat(splitter.cuts("")).isEmpty();
    assertThat(splitter.cuts("...".repeat(10_000))).isEmpty();
    assertThat(splitter.cuts(" ".repeat(32_000))).isNotNull();
  }

  private List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int begin = 0;
    for (int cut : splitter.cuts(text)) {
      pieces.add(text.substring(begin, cut));
      begin = cut;
    }
    pieces.add(text.substring(begin));
    return pieces;
  }
}
