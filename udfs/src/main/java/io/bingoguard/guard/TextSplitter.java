package io.bingoguard.guard;

import java.io.Serializable;
import java.util.List;

/** Says where a text may be cut: behind sentences, paragraphs, lines. */
@FunctionalInterface
public interface TextSplitter extends Serializable {
  /** Knows no place: texts are cut at white space. */
  TextSplitter NONE = text -> List.of();

  /**
   * The places in a text, in UTF-16 units, at which one piece ends and the next begins.
   *
   * @param text of at most 8,192 characters; a longer one comes in parts
   * @return ascending, above 0 and below the text's length
   */
  List<Integer> cuts(String text);
}
