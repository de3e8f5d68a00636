package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x80, 0x9B, 0x9D, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F,
        0x2028, 0x2029, 0x202A, 0x202D, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF, 0xD83D
      })
  void escapesWhatWouldTakeEffectOrNotBeSeen(int character) {
    assertThat(TerminalText.of("a" + Character.toString(character) + "b"))
        .isEqualTo("a\\u%04xb".formatted(character));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain, \\ and \"quoted\" too",
        "Zoë Ærø Łódź",
        "Привет Γειά",
        "שלום עולם",
        "مرحبا ۝",
        "می‌خواهم",
        "क्‍ष",
        "漢字 かな 한글",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
        "😀 👩‍💻 👩🏽‍🚀 🏳️‍🌈 ❤️‍🔥"
      })
  void keepsLettersOfAnyScriptAndEmoji(String text) {
    assertThat(TerminalText.of(text)).isEqualTo(text);
    assertThat(TerminalText.inLine(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"200c", "200d"})
  void escapesJoinersThatJoinNothing(String code) {
    String joiner = Character.toString(Integer.parseInt(code, 16));

    assertThat(TerminalText.of("pay" + joiner + "pal")).isEqualTo("pay\\u" + code + "pal");
    assertThat(TerminalText.of(joiner + "é" + joiner)).isEqualTo("\\u%sé\\u%1$s".formatted(code));
    assertThat(TerminalText.of("é" + joiner + joiner + "é"))
        .isEqualTo("é\\u%s\\u%1$sé".formatted(code));
  }

  @Test
  void writesCharactersBeyondTheFirstPlaneAsTwoUnits() {
    assertThat(TerminalText.of("a" + Character.toString(0xE0041))).isEqualTo("a\\udb40\\udc41");
  }

  @Test
  void keepsLinesAndTabsWhereTextHasSeveralLines() {
    assertThat(TerminalText.of("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(TerminalText.inLine("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
  }

  @Test
  void whateverIsPrintedIsEscaped() {
    StringWriter shown = new StringWriter();
    PrintWriter out = TerminalWriter.over(new PrintWriter(shown));

    out.print("\u001b[2J");
    out.print('\u0007');
    out.write("xx\u009b31m".toCharArray(), 2, 4);
    out.printf("%s %s%n", "\u202eabc", "😀");
    out.println("é");

    assertThat(shown).hasToString("\\u001b[2J\\u0007\\u009b31m\\u202eabc 😀%né%n".formatted());
  }
}
