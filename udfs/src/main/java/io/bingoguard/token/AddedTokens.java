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

/**
 * The tokens that a tokenizer adds to its vocabulary under a fixed spelling, and finds in text
 * before anything else: begin of text, end of turn, and so on.
 */
final class AddedTokens {
  /** Text between added tokens, or one added token. */
  record Span(String text, OptionalInt tokenId) {}

  private final Map<String, Integer> idsBySpelling;
  private final Pattern anySpelling;

  AddedTokens(Map<String, Integer> idsBySpelling) {
    this.idsBySpelling = new HashMap<>(idsBySpelling);
    // Longest first: the tokenizer prefers the leftmost, then the longest spelling.
    List<String> spellings = new ArrayList<>(idsBySpelling.keySet());
    spellings.sort((a, b) -> Integer.compare(b.length(), a.length()));
    this.anySpelling = Pattern.compile("(?=" + firsts(spellings) + ")(?:" + anyOf(spellings) + ")");
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

  Set<Integer> ids() {
    return Set.copyOf(idsBySpelling.values());
  }

  OptionalInt id(String spelling) {
    Integer id = idsBySpelling.get(spelling);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  Optional<String> spelling(int id) {
    return idsBySpelling.entrySet().stream()
        .filter(entry -> entry.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Cuts text at the spellings of added tokens; the spans' texts joined are the text. */
  List<Span> split(String text) {
    if (idsBySpelling.isEmpty()) {
      return text.isEmpty() ? List.of() : List.of(new Span(text, OptionalInt.empty()));
    }
    List<Span> spans = new ArrayList<>();
    Matcher matcher = anySpelling.matcher(text);
    int at = 0;
    while (matcher.find()) {
      if (matcher.start() > at) {
        spans.add(new Span(text.substring(at, matcher.start()), OptionalInt.empty()));
      }
      spans.add(new Span(matcher.group(), id(matcher.group())));
      at = matcher.end();
    }
    if (at < text.length()) {
      spans.add(new Span(text.substring(at), OptionalInt.empty()));
    }
    return spans;
  }
}
