package io.bingoguard.guard;

import java.io.Serializable;
import java.util.Objects;

/**
 * How texts are judged that do not fit into a request.
 *
 * @param mode what becomes of them
 * @param splitter where windows may begin and end
 * @param mostWindows of one text; what comes behind them is not judged, and that is told
 */
public record LongTexts(LongText mode, TextSplitter splitter, int mostWindows)
    implements Serializable {
  /** They lose their middle. */
  public static final LongTexts TRUNCATED = new LongTexts(LongText.TRUNCATE, TextSplitter.NONE, 1);

  public LongTexts {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(splitter, "splitter");
    if (mostWindows < 1) {
      throw new IllegalArgumentException("at most " + mostWindows + " windows");
    }
  }
}
