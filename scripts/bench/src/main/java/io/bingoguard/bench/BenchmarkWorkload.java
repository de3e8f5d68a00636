package io.bingoguard.bench;

import io.bingoguard.guard.GuardTask;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.LeftOut;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.score.SharedPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Exchanges of random tokens with the lengths of real conversations: log-normal, a reply about
 * three times as long as the message, and prompts with the overheads of the real model.
 */
public final class BenchmarkWorkload {
  /** A request and the task that it belongs to. */
  public record Question(GuardTask task, ScoreRequest request) {}

  private record TokenExchange(int[] prompt, int[] response) {}

  /** Fixed tokens of the binary tasks' prompts with the real model. */
  private static final int PROMPT_OVERHEAD = 175;

  private static final int RESPONSE_OVERHEAD = 179;

  /** The same of the severity task: shortest and longest category. */
  private static final int SEVERITY_SHORTEST = 597;

  private static final int SEVERITY_LONGEST = 944;

  private static final int BETWEEN_TOKENS = 5;
  private static final int SUFFIX_TOKENS = 7;
  private static final int LONGEST_TEXT = 2_048;
  private static final double PROMPT_SHARE = 0.25;
  private static final double PROMPT_SIGMA = 1.0;
  private static final double RESPONSE_SIGMA = 0.8;

  private final BenchmarkModel model;
  private final Random random;
  private final List<TokenExchange> exchanges = new ArrayList<>();
  private final int[] between;
  private final int[] suffix;
  private final SharedPrefix promptPrefix;
  private final SharedPrefix responsePrefix;
  private final List<SharedPrefix> severityPrefixes = new ArrayList<>();

  /**
   * Draws exchanges.
   *
   * @param meanTokens mean length of a message and its reply together
   */
  public BenchmarkWorkload(BenchmarkModel model, int count, int meanTokens, long seed) {
    this.model = model;
    this.random = new Random(seed);
    int[] prompts = lengths(count, meanTokens * PROMPT_SHARE, PROMPT_SIGMA);
    int[] responses = lengths(count, meanTokens * (1 - PROMPT_SHARE), RESPONSE_SIGMA);
    for (int i = 0; i < count; i++) {
      exchanges.add(new TokenExchange(tokens(prompts[i]), tokens(responses[i])));
    }
    this.between = tokens(BETWEEN_TOKENS);
    this.suffix = tokens(SUFFIX_TOKENS - 1);
    this.promptPrefix = prefix("prompt", PROMPT_OVERHEAD - SUFFIX_TOKENS);
    this.responsePrefix = prefix("response", RESPONSE_OVERHEAD - BETWEEN_TOKENS - SUFFIX_TOKENS);
    for (int i = 0; i < BenchmarkModel.CATEGORIES; i++) {
      int overhead =
          SEVERITY_SHORTEST
              + i * (SEVERITY_LONGEST - SEVERITY_SHORTEST) / (BenchmarkModel.CATEGORIES - 1);
      severityPrefixes.add(prefix("severity", overhead - BETWEEN_TOKENS - SUFFIX_TOKENS));
    }
  }

  private int[] lengths(int count, double mean, double sigma) {
    double[] drawn = new double[count];
    Arrays.setAll(drawn, i -> Math.exp(sigma * random.nextGaussian()));
    double scale = mean * count / Arrays.stream(drawn).sum();
    return Arrays.stream(drawn)
        .mapToInt(length -> (int) Math.max(1, Math.min(LONGEST_TEXT, Math.round(length * scale))))
        .toArray();
  }

  private int[] tokens(int length) {
    int[] tokens = new int[length];
    Arrays.setAll(
        tokens, i -> BenchmarkModel.FIRST_TEXT_TOKEN + random.nextInt(BenchmarkModel.TEXT_TOKENS));
    return tokens;
  }

  private SharedPrefix prefix(String name, int length) {
    return new SharedPrefix(name, tokens(length));
  }

  /** Tokens of messages and replies, templates not counted. */
  public int textTokens() {
    return exchanges.stream().mapToInt(e -> e.prompt().length + e.response().length).sum();
  }

  /** Every exchange put to the severity task behind one prefix of the given length. */
  public List<Question> severityBehind(int prefixTokens) {
    SharedPrefix prefix = prefix("severity", prefixTokens);
    return exchanges.stream().map(e -> pair(GuardTask.SEVERITY, prefix, e)).toList();
  }

  /** One question for every prefix that the cascade can need: both binary tasks, all categories. */
  public List<Question> oneBehindEachPrefix() {
    TokenExchange first = exchanges.get(0);
    List<Question> questions = new ArrayList<>();
    questions.add(question(GuardTask.PROMPT, promptPrefix, first.prompt()));
    questions.add(pair(GuardTask.RESPONSE, responsePrefix, first));
    severityPrefixes.forEach(prefix -> questions.add(pair(GuardTask.SEVERITY, prefix, first)));
    return questions;
  }

  /** The prompt and the response task for every exchange, in turn. */
  public List<Question> binary() {
    List<Question> questions = new ArrayList<>();
    for (TokenExchange exchange : exchanges) {
      questions.add(question(GuardTask.PROMPT, promptPrefix, exchange.prompt()));
      questions.add(pair(GuardTask.RESPONSE, responsePrefix, exchange));
    }
    return questions;
  }

  /**
   * The severity task for the replies that were judged harmful.
   *
   * @param binaryAnswers what was said to {@link #binary}
   */
  public List<Question> severity(List<Optional<AnswerMeaning>> binaryAnswers) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < exchanges.size(); i++) {
      Optional<AnswerMeaning> answer = binaryAnswers.get(2 * i + 1);
      if (answer.isPresent() && answer.get() instanceof AnswerMeaning.Harmful harmful) {
        int category = Integer.parseInt(harmful.category().code().substring(1)) - 1;
        questions.add(pair(GuardTask.SEVERITY, severityPrefixes.get(category), exchanges.get(i)));
      }
    }
    return questions;
  }

  private Question pair(GuardTask task, SharedPrefix prefix, TokenExchange exchange) {
    return question(task, prefix, exchange.prompt(), between, exchange.response());
  }

  private Question question(GuardTask task, SharedPrefix prefix, int[]... texts) {
    List<int[]> parts = new ArrayList<>();
    parts.add(prefix.tokens());
    parts.addAll(List.of(texts));
    parts.add(suffix);
    parts.add(new int[] {BenchmarkModel.promptEnd(task)});
    int[] tokens = parts.stream().flatMapToInt(Arrays::stream).toArray();
    return new Question(task, new ScoreRequest(prefix, tokens, model.choices(task), LeftOut.NONE));
  }
}
