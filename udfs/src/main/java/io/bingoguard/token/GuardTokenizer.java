package io.bingoguard.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.bingoguard.guard.WellFormed;
import io.bingoguard.prompt.Piece;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Turns prompts into token ids such that text from a conversation can never become a special token.
 *
 * <p>The tokenizer file is loaded without its added tokens. Their spellings are looked for in
 * trusted text only; between two of them, trusted and conversation text are tokenized together as
 * one string. So the ids equal those of the whole string whenever the conversation text spells no
 * added token, merges across the seams included, and otherwise the spelling stays plain text.
 *
 * <p>Safe for use by several threads. Owns native memory.
 */
public final class GuardTokenizer implements AutoCloseable {
  /** File name of the tokenizer inside a model directory. */
  public static final String FILE_NAME = "tokenizer.json";

  private final HuggingFaceTokenizer plain;
  private final AddedTokens added;
  private final Set<Integer> addedIds;
  private final int longestToken;

  private GuardTokenizer(HuggingFaceTokenizer plain, AddedTokens added, int longestToken) {
    this.longestToken = longestToken;
    this.plain = plain;
    this.added = added;
    this.addedIds = added.ids();
  }

  /**
   * Loads a Hugging Face {@code tokenizer.json}.
   *
   * @throws io.bingoguard.guard.GuardException {@code TOKENIZER_UNREADABLE}
   */
  public static GuardTokenizer open(Path file) {
    try {
      TokenizerFile parsed = TokenizerFile.read(file);
      AddedTokens added = parsed.addedTokens();
      int longestToken = parsed.longestToken();
      return new GuardTokenizer(parsed.withoutAddedTokens(), added, longestToken);
    } catch (IOException | RuntimeException e) {
      throw TokenErrors.tokenizerUnreadable(file, e);
    }
  }

  /** The id of an added token such as {@code <|begin_of_text|>}, if there is one so spelled. */
  public OptionalInt addedTokenId(String spelling) {
    return added.id(spelling);
  }

  /** How a token is spelled; a part of a character shows as the replacement character. */
  public String spelling(int id) {
    return added.spelling(id).orElseGet(() -> plain.decode(new long[] {id}, false));
  }

  /** The most characters (UTF-16) that one token of plain text can stand for. */
  public int longestToken() {
    return longestToken;
  }

  /** Tokenizes text in which nothing is special. */
  public int[] encodePlain(String text) {
    TokenIds ids = new TokenIds();
    appendPlain(text, ids);
    return ids.toArray();
  }

  /**
   * Tokenizes a rendered prompt.
   *
   * @return the ids, with exactly the added tokens that stand in trusted text
   */
  public int[] encode(List<Piece> pieces) {
    TokenIds ids = new TokenIds();
    StringBuilder run = new StringBuilder();
    for (Piece piece : pieces) {
      if (!piece.trusted()) {
        run.append(piece.text());
        continue;
      }
      for (AddedTokens.Span span : added.split(piece.text())) {
        if (span.tokenId().isEmpty()) {
          run.append(span.text());
        } else {
          appendPlain(run.toString(), ids);
          run.setLength(0);
          ids.add(span.tokenId().getAsInt());
        }
      }
    }
    appendPlain(run.toString(), ids);
    return ids.toArray();
  }

  /**
   * Shortens text to about the given number of tokens by taking out its middle.
   *
   * @param text the text
   * @param tokens how many tokens to keep, at least 0
   * @return the first and the last part, joined, and always shorter than the text; the text itself
   *     when it has no more tokens
   */
  public String cutMiddle(String text, int tokens) {
    String clean = WellFormed.of(text);
    CharSpan[] spans = plain.encode(clean, false, false).getCharTokenSpans();
    if (spans.length <= tokens) {
      return text;
    }
    int head = (tokens + 1) / 2;
    int tail = tokens - head;
    // A character of several tokens goes as soon as one of them does, so every cut takes something.
    int headEnd = spans[head].getStart();
    int tailStart = spans[spans.length - tail - 1].getEnd();
    return clean.substring(0, clean.offsetByCodePoints(0, headEnd))
        + clean.substring(clean.offsetByCodePoints(0, tailStart));
  }

  private void appendPlain(String text, TokenIds ids) {
    if (text.isEmpty()) {
      return;
    }
    Encoding encoding = plain.encode(WellFormed.of(text), false, false);
    for (long id : encoding.getIds()) {
      if (addedIds.contains((int) id)) {
        throw TokenErrors.tokenForged((int) id);
      }
      ids.add((int) id);
    }
  }

  @Override
  public void close() {
    plain.close();
  }
}
