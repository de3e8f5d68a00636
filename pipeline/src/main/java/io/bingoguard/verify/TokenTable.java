package io.bingoguard.verify;

import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.Question;
import java.util.Arrays;

/** A request token by token. Tokens that depend on the conversation are only counted. */
public final class TokenTable {
  private TokenTable() {}

  /** The table, one token a line: id and spelling. */
  public static String of(LoadedModel model, Question question) {
    var request = model.request(question);
    int[] tokens = request.tokens();
    int[] empty =
        model
            .request(new Question(question.task(), question.category(), Exchange.of("", "")))
            .tokens();
    int before = Math.max(0, Arrays.mismatch(tokens, empty));
    int after = 0;
    while (after < Math.min(tokens.length, empty.length) - before
        && tokens[tokens.length - 1 - after] == empty[empty.length - 1 - after]) {
      after++;
    }
    StringBuilder text = new StringBuilder();
    String category =
        question.category().map(named -> named.code()).map(code -> " " + code).orElse("");
    text.append(
        "Request of task %s%s: %d tokens, the first %d shared%n"
            .formatted(question.task().key(), category, tokens.length, request.prefix().length()));
    append(text, model, tokens, 0, before);
    text.append(
        "      ... %d tokens with the conversation%n".formatted(tokens.length - before - after));
    append(text, model, tokens, tokens.length - after, tokens.length);
    text.append("      answer, forced to show every choice:%n".formatted());
    int[] head = request.choices().head();
    append(text, model, head, 0, head.length);
    return text.toString();
  }

  private static void append(
      StringBuilder text, LoadedModel model, int[] tokens, int from, int to) {
    for (int i = from; i < to; i++) {
      String spelling = model.spelling(tokens[i]).replace("\n", "\\n").replace("\t", "\\t");
      text.append("%6d  |%s|%n".formatted(tokens[i], spelling));
    }
  }
}
