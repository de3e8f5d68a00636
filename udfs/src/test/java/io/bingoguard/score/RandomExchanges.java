package io.bingoguard.score;

import io.bingoguard.guard.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Exchanges of random words, some with a side missing, empty, or far too long. */
final class RandomExchanges {
  private static final String[] WORDS = {
    "how",
    "do",
    "I",
    "kill",
    "a",
    "Python",
    "process",
    "the",
    "bread",
    "is",
    "\u00fcber",
    "\u6f22\u5b57",
    "\ud83d\ude42",
    "<|eot_id|>",
    "S7",
    "unsafe",
    "{prompt}",
    "1234",
    "\n\n",
    "...",
    "\t",
    "don't"
  };

  private RandomExchanges() {}

  static List<Exchange> of(Random random, int count) {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<String> prompt = side(random, i % 17 == 0 ? 900 : 60);
      Optional<String> response = side(random, i % 13 == 0 ? 1200 : 120);
      exchanges.add(new Exchange(prompt, response));
    }
    return exchanges;
  }

  private static Optional<String> side(Random random, int mostWords) {
    if (random.nextInt(12) == 0) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(mostWords + 1); i > 0; i--) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(9) == 0 ? "" : " ");
    }
    return Optional.of(text.toString());
  }
}
