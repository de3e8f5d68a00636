package io.bingoguard.score;

import io.bingoguard.guard.Exchange;
import io.bingoguard.token.GuardTokenizer;
import java.util.function.Function;

/** Makes a request fit its limit: the longest side of the exchange loses its middle. */
final class MiddleCut {
  /** Tokens of a request that fits, and what was left out for it. */
  record Fitted(int[] tokens, LeftOut leftOut) {}

  private final GuardTokenizer tokenizer;
  private final Function<Exchange, int[]> tokenize;
  private final int limit;

  /**
   * @param tokenize tokens of the whole request for an exchange
   * @param limit most tokens that a request may have
   */
  MiddleCut(GuardTokenizer tokenizer, Function<Exchange, int[]> tokenize, int limit) {
    this.tokenizer = tokenizer;
    this.tokenize = tokenize;
    this.limit = limit;
  }

  /**
   * Cuts as much as has to go.
   *
   * @param exchange the texts as the prompt has them, a side that it has not as empty text
   */
  Fitted fit(Exchange exchange) {
    String originalPrompt = exchange.prompt().orElse("");
    String originalResponse = exchange.response().orElse("");
    String prompt = bounded(originalPrompt);
    String response = bounded(originalResponse);
    int[] tokens = tokenize.apply(Exchange.of(prompt, response));
    while (tokens.length > limit) {
      int promptTokens = tokenizer.encodePlain(prompt).length;
      int responseTokens = tokenizer.encodePlain(response).length;
      int excess = tokens.length - limit;
      if (promptTokens >= responseTokens) {
        prompt = tokenizer.cutMiddle(prompt, kept(promptTokens, responseTokens, excess));
      } else {
        response = tokenizer.cutMiddle(response, kept(responseTokens, promptTokens, excess));
      }
      tokens = tokenize.apply(Exchange.of(prompt, response));
    }
    return new Fitted(
        tokens, new LeftOut(leftOut(originalPrompt, prompt), leftOut(originalResponse, response)));
  }

  /**
   * Tokens of a text that are not in what was kept of it, at least 1 if anything is not. Of a text
   * that was shortened before tokenization, what went then is counted at the rate of the rest.
   */
  private int leftOut(String text, String kept) {
    if (kept.equals(text)) {
      return 0;
    }
    String counted = bounded(text);
    double tokens =
        (double) tokenizer.encodePlain(counted).length * text.length() / counted.length();
    long out = Math.round(tokens) - tokenizer.encodePlain(kept).length;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, out));
  }

  /**
   * How many tokens the longer side keeps. When losing the whole excess would make it the shorter
   * one, both sides end at the same length, the other one in the next round.
   */
  private static int kept(int longer, int shorter, int excess) {
    int alone = longer - excess;
    int level = alone >= shorter ? alone : (longer + shorter - excess) / 2;
    return Math.max(0, Math.min(level, longer - 1));
  }

  /**
   * A text with more characters than the limit's tokens can hold cannot fit. Its middle goes before
   * tokenization, so that no text, however long, costs more than this many characters.
   */
  private String bounded(String text) {
    int most = (int) Math.min(Integer.MAX_VALUE, (long) limit * tokenizer.longestToken());
    if (text.length() <= most) {
      return text;
    }
    int headEnd = most / 2;
    int tailStart = text.length() - (most - headEnd);
    if (Character.isLowSurrogate(text.charAt(headEnd))) {
      headEnd--;
    }
    if (Character.isLowSurrogate(text.charAt(tailStart))) {
      tailStart++;
    }
    return text.substring(0, headEnd) + text.substring(tailStart);
  }
}
