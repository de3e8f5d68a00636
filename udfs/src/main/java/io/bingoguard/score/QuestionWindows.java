package io.bingoguard.score;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LongTexts;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SlotText;
import io.bingoguard.guard.TextSpan;
import io.bingoguard.token.GuardTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a question about texts that do not fit into a request window by window: each with a part of
 * the text that is judged which is not blank, and with as much of the other text as there is room
 * for, at least a quarter of the room if it is so long; that one loses its middle.
 */
final class QuestionWindows {
  /** Share of the room that the other text has in any case: one in so many. */
  private static final int CONTEXT = 4;

  /** Room that is left for tokens that only come about where parts of a text meet. */
  private static final int SLACK = 8;

  private final RequestFactory requests;
  private final LongTexts longTexts;

  /**
   * One window of a question.
   *
   * @param question about it
   * @param span its place in the text that is judged; absent for all of it
   */
  record Part(Question question, Optional<TextSpan> span) {}

  /**
   * All windows of a question.
   *
   * @param leftOut tokens, about, of the text that is judged which no window has
   * @param contextCut tokens that the other text lost
   */
  record Parts(List<Part> parts, int leftOut, int contextCut) {}

  QuestionWindows(RequestFactory requests, LongTexts longTexts) {
    this.requests = requests;
    this.longTexts = longTexts;
  }

  /**
   * The windows of a question.
   *
   * @param question about an exchange that has the text which is judged
   * @param room tokens that both texts may have in its requests
   */
  Parts of(Question question, int room) {
    GuardTokenizer tokenizer = requests.tokenizer();
    int free = Math.max(1, room - SLACK - room / 64);
    String judged = question.task().judged(question.exchange()).orElseThrow();
    int judgedTokens = tokens(judged, free);
    String other = other(question.task(), requests.asPut(question));
    String context = bounded(other, free);
    int share = Math.max(free / CONTEXT, free - judgedTokens);
    context = tokenizer.cutMiddle(context, share);
    int contextTokens = tokens(context, free);
    int contextCut = context.equals(other) ? 0 : Math.max(1, estimate(other) - contextTokens);
    if (judgedTokens <= free - contextTokens) {
      return new Parts(
          List.of(new Part(with(question, judged, context), Optional.empty())), 0, contextCut);
    }
    WindowCutter.Windows windows =
        new WindowCutter(tokenizer, longTexts.splitter())
            .cut(judged, free - contextTokens, longTexts.mostWindows());
    List<Part> parts = new ArrayList<>();
    for (WindowCutter.Window window : windows.windows()) {
      parts.add(
          new Part(
              with(question, judged.substring(window.begin(), window.end()), context),
              Optional.of(TextSpan.of(judged, window.begin(), window.end()))));
    }
    String rest = SlotText.strip(judged.substring(windows.end()));
    return new Parts(parts, rest.isEmpty() ? 0 : Math.max(1, estimate(rest)), contextCut);
  }

  private static String other(GuardTask task, Exchange put) {
    return (task == GuardTask.PROMPT ? put.response() : put.prompt()).orElse("");
  }

  private static Question with(Question question, String judged, String context) {
    Exchange whole = question.exchange();
    Exchange part =
        question.task() == GuardTask.PROMPT
            ? new Exchange(Optional.of(judged), whole.response().map(text -> context))
            : new Exchange(whole.prompt().map(text -> context), Optional.of(judged));
    return new Question(question.task(), question.category(), part);
  }

  /** Tokens of a text, or more than so many where it is certain to have more. */
  private int tokens(String text, int room) {
    return certainlyLonger(text, room)
        ? Integer.MAX_VALUE / 2
        : requests.tokenizer().encodePlain(text).length;
  }

  private boolean certainlyLonger(String text, int room) {
    return text.length() > (long) room * requests.tokenizer().longestToken();
  }

  /** Of a text that is certain not to fit, its beginning and its end. */
  private String bounded(String text, int room) {
    if (!certainlyLonger(text, room)) {
      return text;
    }
    int half = room * requests.tokenizer().longestToken() / 2;
    int headEnd = Character.isLowSurrogate(text.charAt(half)) ? half - 1 : half;
    int tail = text.length() - half;
    int tailBegin = Character.isLowSurrogate(text.charAt(tail)) ? tail + 1 : tail;
    return text.substring(0, headEnd) + text.substring(tailBegin);
  }

  /** Tokens of a text, by the rate of its beginning. */
  private int estimate(String text) {
    int most = 1 << 16;
    if (text.length() <= most) {
      return requests.tokenizer().encodePlain(text).length;
    }
    double rate = requests.tokenizer().encodePlain(text.substring(0, most)).length / (double) most;
    return (int) Math.min(Integer.MAX_VALUE, Math.round(rate * text.length()));
  }
}
