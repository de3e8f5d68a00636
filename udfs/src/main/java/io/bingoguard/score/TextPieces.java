package io.bingoguard.score;

import io.bingoguard.guard.TextSplitter;
import io.bingoguard.token.GuardTokenizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text piece by piece, none with more than so many tokens unless it is a single character: the
 * pieces that a splitter finds, and where these are longer, parts of them.
 */
final class TextPieces implements Iterator<TextPieces.Piece> {
  private static final Logger LOG = LoggerFactory.getLogger(TextPieces.class);

  /** Characters that a splitter gets at a time; some take the square of the time for more. */
  private static final int SLICE = 1 << 13;

  /** Characters of a piece for each token it may have, before its tokens are counted. */
  private static final int CHARACTERS_A_TOKEN = 6;

  /**
   * A piece.
   *
   * @param begin its first place, in UTF-16 units
   * @param end the place behind it
   * @param tokens that it has by itself
   */
  record Piece(int begin, int end, int tokens) {}

  private final String text;
  private final TextSplitter splitter;
  private final GuardTokenizer tokenizer;
  private final int most;
  private final Deque<Piece> ready = new ArrayDeque<>();
  private int read;

  TextPieces(String text, TextSplitter splitter, GuardTokenizer tokenizer, int most) {
    this.text = text;
    this.splitter = splitter;
    this.tokenizer = tokenizer;
    this.most = Math.max(1, most);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && read < text.length()) {
      readSlice();
    }
    return !ready.isEmpty();
  }

  @Override
  public Piece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void readSlice() {
    boolean last = text.length() - read <= SLICE;
    int end = last ? text.length() : border(read + SLICE);
    List<Integer> cuts = cuts(text.substring(read, end));
    int begin = read;
    for (int cut : cuts) {
      addParts(begin, read + cut);
      begin = read + cut;
    }
    // The last piece may go on in what follows.
    if (last || cuts.isEmpty()) {
      addParts(begin, end);
      begin = end;
    }
    read = begin;
  }

  /** A splitter that fails on a text, or names places that are none, costs good places only. */
  private List<Integer> cuts(String slice) {
    List<Integer> cuts;
    try {
      cuts = splitter.cuts(slice);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.debug("A text of {} characters is cut at white space", slice.length(), e);
      return List.of();
    }
    int before = 0;
    for (int cut : cuts) {
      if (cut <= before || cut >= slice.length() || Character.isLowSurrogate(slice.charAt(cut))) {
        LOG.debug("A text of {} characters is cut at white space", slice.length());
        return List.of();
      }
      before = cut;
    }
    return cuts;
  }

  private void addParts(int begin, int end) {
    int longest = (int) Math.min(Integer.MAX_VALUE, (long) most * CHARACTERS_A_TOKEN);
    List<Piece> parts = new ArrayList<>();
    int from = begin;
    while (end - from > longest) {
      int to = nearSpace(from + longest / 2, from + longest);
      halve(from, to, parts);
      from = to;
    }
    halve(from, end, parts);
    ready.addAll(parts);
  }

  private void halve(int begin, int end, List<Piece> parts) {
    if (begin == end) {
      return;
    }
    int tokens = tokenizer.encodePlain(text.substring(begin, end)).length;
    int middle = begin + (end - begin) / 2;
    int at = tokens <= most ? end : nearSpace(begin + (end - begin) / 4, middle);
    if (at <= begin || at >= end) {
      parts.add(new Piece(begin, end, tokens));
    } else {
      halve(begin, at, parts);
      halve(at, end, parts);
    }
  }

  /** The last place behind white space in a range, or else its end. */
  private int nearSpace(int from, int to) {
    for (int at = to; at > from; at--) {
      if (Character.isWhitespace(text.charAt(at - 1))) {
        return at;
      }
    }
    return border(to);
  }

  /** The place, or the one before where that is within a character. */
  private int border(int place) {
    return place < text.length() && Character.isLowSurrogate(text.charAt(place))
        ? place - 1
        : place;
  }
}
