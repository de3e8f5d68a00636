package io.bingoguard.score;

import io.bingoguard.guard.SlotText;
import io.bingoguard.guard.TextSplitter;
import io.bingoguard.token.GuardTokenizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a text into windows of so many tokens, each of which begins with the end of the one before.
 * A passage of up to a sixteenth of a window lies within one, wherever it stands.
 */
final class WindowCutter {
  /** Share of a window that the next has too: one in so many. */
  private static final int OVERLAP = 8;

  /** Share of a window that a piece has at most: one in so many. */
  private static final int PIECE = 16;

  private final GuardTokenizer tokenizer;
  private final TextSplitter splitter;

  /** A part of a text, in UTF-16 units. */
  record Window(int begin, int end) {}

  /**
   * The windows of a text that are not blank.
   *
   * @param end the place up to which the text was cut
   */
  record Windows(List<Window> windows, int end) {}

  WindowCutter(GuardTokenizer tokenizer, TextSplitter splitter) {
    this.tokenizer = tokenizer;
    this.splitter = splitter;
  }

  /**
   * Cuts a text.
   *
   * @param room tokens of a window
   * @param most windows, blank ones apart; the last ends before the text does where these do not
   *     suffice
   */
  Windows cut(String text, int room, int most) {
    List<Window> windows = new ArrayList<>();
    Deque<TextPieces.Piece> held = new ArrayDeque<>();
    int tokens = 0;
    TextPieces pieces = new TextPieces(text, splitter, tokenizer, room / PIECE);
    while (pieces.hasNext()) {
      TextPieces.Piece next = pieces.next();
      if (!held.isEmpty() && tokens + next.tokens() > room) {
        add(held, text, windows);
        if (windows.size() == most) {
          return new Windows(windows, held.getLast().end());
        }
        while (!held.isEmpty() && (tokens > room / OVERLAP || tokens + next.tokens() > room)) {
          tokens -= held.removeFirst().tokens();
        }
      }
      held.add(next);
      tokens += next.tokens();
    }
    add(held, text, windows);
    return new Windows(windows, text.length());
  }

  private static void add(Deque<TextPieces.Piece> held, String text, List<Window> windows) {
    Window window = new Window(held.getFirst().begin(), held.getLast().end());
    if (!SlotText.isBlank(text.substring(window.begin(), window.end()))) {
      windows.add(window);
    }
  }
}
