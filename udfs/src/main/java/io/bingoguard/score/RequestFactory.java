package io.bingoguard.score;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.prompt.Piece;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns exchanges into tokenized requests. Safe for use by several threads. */
public final class RequestFactory {
  /** First characters of conversation texts of every kind that tokenizers treat apart. */
  private static final List<String> PROBES =
      List.of(
          "",
          "a",
          "Z",
          "7",
          ".",
          "!?",
          "'s",
          "-",
          "(",
          "\u00e9",
          "\u6f22",
          "\ud83d\ude42",
          "\u200b",
          " a",
          "\n");

  /** How control tokens look: {@code <|im_start|>}, {@code [INST]}, {@code </s>}. */
  private static final Pattern MARKER = Pattern.compile("<.+>|\\[.+\\]");

  private static final List<String> NONE = List.of();

  private final PromptPack pack;
  private final GuardTokenizer tokenizer;
  private final int maxTokens;
  private final int[] leadingBos;
  private final Map<GuardTask, AnswerChoices> choices = new EnumMap<>(GuardTask.class);
  private final Map<GuardTask, SharedPrefix> prefixes = new EnumMap<>(GuardTask.class);
  private final Map<Category, SharedPrefix> severityPrefixes = new HashMap<>();
  private final Map<GuardTask, Integer> rooms = new EnumMap<>(GuardTask.class);

  /**
   * Prepares answers and shared prefixes.
   *
   * @param maxTokens longest request in tokens, answer head included
   * @throws io.bingoguard.guard.GuardException when pack and tokenizer do not go together, or when
   *     the prompts alone exceed the limit
   */
  public RequestFactory(PromptPack pack, GuardTokenizer tokenizer, int maxTokens) {
    this.pack = pack;
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
    this.leadingBos = new int[pack.special().bosCount()];
    pack.special().bos().ifPresent(bos -> Arrays.fill(leadingBos, addedToken(bos)));
    addedToken(pack.special().end());
    pack.tasks()
        .forEach(
            (task, prompt) ->
                choices.put(
                    task, AnswerChoices.of(task, prompt.answers(), tokenizer::encodeFollowing)));
    for (GuardTask task : List.of(GuardTask.PROMPT, GuardTask.RESPONSE)) {
      prefixes.put(task, sharedPrefix(task, Optional.empty()));
    }
    for (PackCategory category : pack.grades() ? pack.categories() : List.<PackCategory>of()) {
      severityPrefixes.put(
          category.category(), sharedPrefix(GuardTask.SEVERITY, Optional.of(category.category())));
    }
  }

  /** A turn of the conversation that text could begin or end would be no border. */
  private void refuseForgeable(List<Piece> pieces) {
    for (Piece piece : pieces) {
      for (String spelling : piece.trusted() ? tokenizer.plainTokensIn(piece.text()) : NONE) {
        if (MARKER.matcher(spelling).matches()) {
          throw ScoreErrors.packTokenNotSpecial(pack.id().toString(), spelling);
        }
      }
    }
  }

  private int addedToken(String spelling) {
    OptionalInt id = tokenizer.addedTokenId(spelling);
    return id.orElseThrow(() -> ScoreErrors.packTokenUnknown(pack.id().toString(), spelling));
  }

  /** The most tokens that a request of this factory can have, answer head included. */
  public int maxTokens() {
    return maxTokens;
  }

  /** The answer token that ends every answer. */
  public int endToken() {
    return addedToken(pack.special().end());
  }

  /**
   * Tokens that the texts of an exchange may have together, to fit into a task's requests: into
   * those of every category.
   *
   * @param graded whether a reply has to fit into those by which it is graded too
   */
  int room(GuardTask task, boolean graded) {
    int room = rooms.get(task);
    return task == GuardTask.RESPONSE && graded && grades()
        ? Math.min(room, rooms.get(GuardTask.SEVERITY))
        : room;
  }

  GuardTokenizer tokenizer() {
    return tokenizer;
  }

  /** The texts of a question as its prompt has them. */
  Exchange asPut(Question question) {
    return pack.asPut(question.task(), question.exchange());
  }

  /** Whether the model can be asked for severities. */
  public boolean grades() {
    return pack.grades();
  }

  /** Tokens of the shared prefixes of all tasks and categories. */
  public IntSummaryStatistics prefixTokens() {
    return Stream.concat(prefixes.values().stream(), severityPrefixes.values().stream())
        .mapToInt(SharedPrefix::length)
        .summaryStatistics();
  }

  /**
   * Renders and tokenizes a question.
   *
   * @throws io.bingoguard.guard.GuardException SEVERITY_NOT_IN_PACK
   */
  public ScoreRequest request(Question question) {
    if (question.category().isPresent() && !pack.grades()) {
      throw ScoreErrors.severityNotInPack(pack.id().toString());
    }
    AnswerChoices answers = choices.get(question.task());
    int limit = maxTokens - answers.head().length;
    MiddleCut.Fitted fitted =
        new MiddleCut(
                tokenizer,
                shorter -> tokens(new Question(question.task(), question.category(), shorter)),
                limit)
            .fit(asPut(question));
    int[] tokens = fitted.tokens();
    SharedPrefix prefix =
        question
            .category()
            .map(severityPrefixes::get)
            .orElseGet(() -> prefixes.get(question.task()));
    return new ScoreRequest(
        prefix.begins(tokens) ? prefix : SharedPrefix.NONE, tokens, answers, fitted.leftOut());
  }

  private int[] tokens(Question question) {
    return withLeadingBos(tokenizer.encode(pieces(question)));
  }

  private List<Piece> pieces(Question question) {
    return question
        .category()
        .map(category -> pack.renderSeverity(category, question.exchange()))
        .orElseGet(() -> pack.render(question.task(), question.exchange()));
  }

  /** A literal BOS at the template's beginning counts towards the pack's BOS count. */
  private int[] withLeadingBos(int[] tokens) {
    if (leadingBos.length == 0) {
      return tokens;
    }
    int literal = 0;
    while (literal < tokens.length && tokens[literal] == leadingBos[0]) {
      literal++;
    }
    if (literal > leadingBos.length) {
      throw ScoreErrors.packTooManyBos(pack.id().toString(), literal, leadingBos.length);
    }
    int[] all = new int[leadingBos.length + tokens.length - literal];
    System.arraycopy(leadingBos, 0, all, 0, leadingBos.length);
    System.arraycopy(tokens, literal, all, leadingBos.length, tokens.length - literal);
    return all;
  }

  /** What the requests for texts of every kind have in common, short of the last token. */
  private SharedPrefix sharedPrefix(GuardTask task, Optional<Category> category) {
    Question blank = new Question(task, category, Exchange.of("", ""));
    refuseForgeable(pieces(blank));
    int[] common = tokens(blank);
    int minimum = common.length + choices.get(task).head().length;
    if (minimum >= maxTokens) {
      throw ScoreErrors.promptExceedsLimit(pack.id().toString(), task, minimum, maxTokens);
    }
    rooms.merge(task, maxTokens - minimum, Math::min);
    int shared = common.length - 1;
    for (String probe : PROBES) {
      for (Exchange exchange :
          List.of(Exchange.of(probe, "x"), Exchange.of("x", probe), Exchange.of(probe, probe))) {
        int[] tokens = tokens(new Question(task, category, exchange));
        int equal = Arrays.mismatch(common, tokens);
        shared = Math.min(shared, equal < 0 ? shared : equal);
      }
    }
    String name = category.map(c -> task.key() + ":" + c.code()).orElse(task.key());
    return new SharedPrefix(name, Arrays.copyOf(common, shared));
  }
}
