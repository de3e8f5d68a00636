package io.bingoguard.token;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokens that a tokenizer adds to its vocabulary under a fixed spelling, and finds in text
 * before anything else: begin of text, end of turn, and so on.
 */
final class AddedTokens {
  /** Text between special tokens, or one special token. */
  record Span(String text, OptionalInt tokenId) {}

  private static final Pattern NOWHERE = Pattern.compile("(?!)");

  private final Map<String, AddedToken> bySpelling = new HashMap<>();
  private final Pattern anySpelling;

  AddedTokens(List<AddedToken> tokens) {
    tokens.forEach(token -> bySpelling.put(token.spelling(), token));
    // Longest first: the tokenizer prefers the leftmost, then the longest spelling.
    List<String> spellings =
        tokens.stream()
            .filter(token -> token.special() || !token.normalized())
            .map(AddedToken::spelling)
            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
            .toList();
    this.anySpelling =
        spellings.isEmpty()
            ? NOWHERE
            : Pattern.compile("(?=" + firsts(spellings) + ")(?:" + anyOf(spellings) + ")");
  }

  /** Llama 3 has 256 spellings with one first character: that alone is looked for at each place. */
  private static String firsts(List<String> spellings) {
    return anyOf(
        spellings.stream()
            .map(spelling -> spelling.substring(0, spelling.offsetByCodePoints(0, 1)))
            .distinct()
            .toList());
  }

  private static String anyOf(List<String> texts) {
    return String.join("|", texts.stream().map(Pattern::quote).toList());
  }

  Set<Integer> specialIds() {
    return bySpelling.values().stream()
        .filter(AddedToken::special)
        .map(AddedToken::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  OptionalInt id(String spelling) {
    AddedToken token = bySpelling.get(spelling);
    return token == null ? OptionalInt.empty() : OptionalInt.of(token.id());
  }

  Optional<String> spelling(int id) {
    return bySpelling.values().stream()
        .filter(token -> token.id() == id)
        .map(AddedToken::spelling)
        .findFirst();
  }

  /** The spellings in a text of tokens that are not special. */
  List<String> plainIn(String text) {
    return bySpelling.values().stream()
        .filter(token -> !token.special())
        .map(AddedToken::spelling)
        .filter(text::contains)
        .sorted()
        .toList();
  }

  /**
   * Cuts text at the spellings of special tokens; the spans' texts joined are the text. Tokens that
   * are not special take part in the search, since one that begins before a special token hides it,
   * and stay text.
   */
  List<Span> split(String text) {
    List<Span> spans = new ArrayList<>();
    int at = 0;
    Matcher matcher = anySpelling.matcher(text);
    while (matcher.find()) {
      AddedToken found = bySpelling.get(matcher.group());
      if (found.special()) {
        addText(text.substring(at, matcher.start()), spans);
        spans.add(new Span(found.spelling(), OptionalInt.of(found.id())));
        at = matcher.end();
      }
    }
    addText(text.substring(at), spans);
    return spans;
  }

  private static void addText(String text, List<Span> spans) {
    if (!text.isEmpty()) {
      spans.add(new Span(text, OptionalInt.empty()));
    }
  }
}
