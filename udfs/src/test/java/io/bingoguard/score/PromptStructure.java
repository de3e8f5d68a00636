package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What stays the same of a pack's prompts whatever text is put into them. */
public final class PromptStructure {
  /** The last ids of the vocabulary are special, as in every tokenizer of Llama 3's structure. */
  private static final int SPECIAL_TOKENS = 256;

  /** The markers around a slot may merge with the text, but no more than this of them. */
  private static final int SEAM = 4;

  private final RequestFactory requests;
  private final PromptPack pack;
  private final int firstSpecial;

  public PromptStructure(PromptPack pack, GuardTokenizer tokenizer, int maxTokens) {
    this.pack = pack;
    this.requests = new RequestFactory(pack, tokenizer, maxTokens);
    this.firstSpecial = tokenizer.addedTokenId("<|begin_of_text|>").orElseThrow();
  }

  /** Fails where a text changes special tokens, the beginning or the end of a request. */
  public void survives(List<HostileTexts.Hostile> hostile) {
    for (Function<Exchange, ScoreRequest> ask : questions()) {
      int[] plain = ask.apply(Exchange.of("x", "y")).tokens();
      for (HostileTexts.Hostile attack : hostile) {
        for (Exchange exchange :
            List.of(Exchange.of(attack.text(), "y"), Exchange.of("x", attack.text()))) {
          int[] tokens = ask.apply(exchange).tokens();

          assertThat(special(tokens)).as(attack.name()).isEqualTo(special(plain));
          int fixed = commonEnd(plain, ask.apply(Exchange.of("", "")).tokens()) - SEAM;
          assertThat(commonEnd(plain, tokens)).as(attack.name()).isGreaterThanOrEqualTo(fixed);
          int begin = ask.apply(Exchange.of("", "")).prefix().length() - SEAM;
          assertThat(Arrays.mismatch(plain, tokens))
              .as(attack.name())
              .matches(at -> at < 0 || at >= begin);
        }
      }
    }
  }

  private List<Function<Exchange, ScoreRequest>> questions() {
    List<Function<Exchange, ScoreRequest>> questions = new ArrayList<>();
    questions.add(exchange -> requests.request(Question.binary(GuardTask.PROMPT, exchange)));
    questions.add(exchange -> requests.request(Question.binary(GuardTask.RESPONSE, exchange)));
    PackCategory described = pack.categories().get(3);
    questions.add(exchange -> requests.request(Question.severity(described.category(), exchange)));
    return questions;
  }

  private int[] special(int[] tokens) {
    return IntStream.of(tokens)
        .filter(id -> id >= firstSpecial && id < firstSpecial + SPECIAL_TOKENS)
        .toArray();
  }

  private static int commonEnd(int[] one, int[] other) {
    int same = 0;
    while (same < Math.min(one.length, other.length)
        && one[one.length - 1 - same] == other[other.length - 1 - same]) {
      same++;
    }
    return same;
  }
}
