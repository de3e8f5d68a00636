package io.bingoguard.token;

import java.util.List;
import java.util.Random;

/** Texts that are hard to tokenize, the same ones for the same seed. */
final class RandomText {
  private static final List<String> FRAGMENTS =
      List.of(
          "Hello",
          "hello world",
          "I'm",
          "they'LL",
          "'s",
          "don’t",
          "unsafe",
          "S7",
          "#level: 3",
          "1",
          "12",
          "123",
          "1234567",
          "3.14",
          "½Ⅷ",
          "١٢٣",
          "a",
          "é",
          "e\u0301",
          "ſ",
          "Straße",
          "İ",
          "Привет",
          "你好，世界",
          "こんにちは",
          "안녕",
          "\u1112\u1161\u11ab",
          "مرحبا",
          "שָׁלוֹם",
          "नमस्ते",
          "😀",
          "👩\u200d💻",
          "👍🏽",
          "🇫🇷",
          "1\ufe0f\u20e3",
          "❤\ufe0f",
          "𝐀",
          "𠀀",
          "...",
          "?!",
          "(",
          ")",
          "}",
          "{",
          "\"",
          "'",
          "--",
          "_",
          "@",
          "://",
          "<",
          "<|",
          "|>",
          "<|eot",
          "eot_id",
          "\u200b",
          "\ufeff",
          "\u00ad",
          "\u0000",
          "\u0007",
          "\u007f",
          "\ufffd",
          "\uffff",
          "    return x;",
          "conversation".repeat(5),
          "=".repeat(70));

  private static final List<String> SPACES =
      List.of(
          " ",
          "  ",
          "     ",
          "\n",
          "\n\n",
          "\r\n",
          "\r",
          "\t",
          "\t\t",
          " \n",
          "\n ",
          "\r\n\r\n",
          "\u00a0",
          "\u3000",
          "\u2028",
          "\u0085",
          "\u000b",
          " ".repeat(90));

  private final Random random;

  RandomText(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Well-formed text of up to the given number of fragments; often empty or very short. */
  String text(int fragments) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(1 + random.nextInt(fragments + 1) + 1); left > 0; left--) {
      switch (random.nextInt(8)) {
        case 0, 1 -> text.append(oneOf(SPACES));
        case 2 -> text.appendCodePoint(codePoint(0x80));
        case 3 -> text.appendCodePoint(codePoint(0x3000));
        case 4 -> text.appendCodePoint(codePoint(Character.MAX_CODE_POINT + 1));
        default -> text.append(oneOf(FRAGMENTS));
      }
    }
    return text.toString();
  }

  /** Text in which surrogates stand alone as often as not. */
  String illFormedText(int units) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(units); left > 0; left--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) (Character.MIN_HIGH_SURROGATE + random.nextInt(1024)));
        case 1 -> text.append((char) (Character.MIN_LOW_SURROGATE + random.nextInt(1024)));
        case 2 -> text.append((char) random.nextInt(0xd800));
        default -> text.append(oneOf(FRAGMENTS));
      }
    }
    return text.toString();
  }

  private int codePoint(int bound) {
    int codePoint = random.nextInt(bound);
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return surrogate ? 'x' : codePoint;
  }
}
