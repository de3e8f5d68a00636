package io.bingoguard.token;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.bingoguard.guard.WellFormed;
import io.bingoguard.prompt.Piece;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Turns prompts into token ids such that text from a conversation can never become a special token.
 *
 * <p>The tokenizer file is loaded without its special tokens. Their spellings are looked for in
 * trusted text only; between two of them, trusted and conversation text are tokenized together as
 * one string. So the ids equal those of the whole string whenever the conversation text spells no
 * special token, merges across the seams included, and otherwise the spelling stays plain text.
 * Added tokens that are not special are text like any other, and found everywhere.
 *
 * <p>A tokenizer of which that could not be said is refused. Safe for use by several threads. Owns
 * native memory.
 */
public final class GuardTokenizer implements AutoCloseable {
  /** File name of the tokenizer inside a model directory. */
  public static final String FILE_NAME = "tokenizer.json";

  private final HuggingFaceTokenizer beginning;

  /** The same tokenizer, unless it tells the beginning from what follows. */
  private final HuggingFaceTokenizer following;

  private final AddedTokens added;
  private final Numbering numbering;
  private final Set<Integer> forbidden;
  private final int longestToken;
  private final int highestId;

  private GuardTokenizer(TokenizerFile file) throws IOException {
    this.added = new AddedTokens(file.added());
    this.numbering = file.numberingWithoutSpecial();
    Set<Integer> special = new HashSet<>(added.specialIds());
    // It is what the tokenizer makes of a character that it does not know, so text may hold it.
    file.unknownId().ifPresent(special::remove);
    this.forbidden = Set.copyOf(special);
    this.longestToken = file.longestToken();
    this.highestId = file.highestId();
    this.beginning = file.withoutSpecial(true);
    this.following = file.tellsTheBeginning() ? file.withoutSpecial(false) : beginning;
  }

  /**
   * Loads a Hugging Face {@code tokenizer.json}.
   *
   * @throws io.bingoguard.guard.GuardException {@code TOKENIZER_UNREADABLE}, also for one whose ids
   *     would not be those of the Hugging Face library
   */
  public static GuardTokenizer open(Path file) {
    try {
      return new GuardTokenizer(TokenizerFile.read(file));
    } catch (IOException | RuntimeException e) {
      throw TokenErrors.tokenizerUnreadable(file, e);
    }
  }

  /** The id of an added token such as {@code <|begin_of_text|>}, if there is one so spelled. */
  public OptionalInt addedTokenId(String spelling) {
    return added.id(spelling);
  }

  /** Added tokens in a text that are not special, so that conversation text can hold them too. */
  public List<String> plainTokensIn(String text) {
    return added.plainIn(text);
  }

  /** How a token is spelled; a part of a character shows as the replacement character. */
  public String spelling(int id) {
    return added.spelling(id).orElseGet(() -> beginning.decode(new long[] {id}, false));
  }

  /** The most characters (UTF-16) that one token of plain text can stand for. */
  public int longestToken() {
    return longestToken;
  }

  /** The highest id that a text or a template can get. */
  public int highestId() {
    return highestId;
  }

  /** Tokenizes text that begins what the model sees, and in which nothing is special. */
  public int[] encodePlain(String text) {
    TokenIds ids = new TokenIds();
    appendPlain(text, ids);
    return ids.toArray();
  }

  /** Tokenizes text that follows a special token, and in which nothing is special. */
  public int[] encodeFollowing(String text) {
    TokenIds ids = new TokenIds();
    append(following, text, ids);
    return ids.toArray();
  }

  /**
   * Tokenizes a rendered prompt.
   *
   * @return the ids, with exactly the special tokens that stand in trusted text
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
    CharSpan[] spans = beginning.encode(clean, false, false).getCharTokenSpans();
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
    append(ids.isEmpty() ? beginning : following, text, ids);
  }

  private void append(HuggingFaceTokenizer plain, String text, TokenIds ids) {
    if (text.isEmpty()) {
      return;
    }
    Encoding encoding = plain.encode(WellFormed.of(text), false, false);
    for (long given : encoding.getIds()) {
      int id = numbering.idInFile((int) given);
      if (forbidden.contains(id)) {
        throw TokenErrors.tokenForged(id);
      }
      ids.add(id);
    }
  }

  @Override
  public void close() {
    beginning.close();
    if (following != beginning) {
      following.close();
    }
  }
}
