package io.bingoguard.bench;

import io.bingoguard.checkpoint.AnswerGrammar;
import io.bingoguard.checkpoint.PlantedCheckpoint;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.Category;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.prompt.Answer;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.AnswerChoices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The generated checkpoint that benchmarks run on, and the tokens it answers with: as many for each
 * answer as the real model writes. A named category is followed by a colon and its name.
 */
public final class BenchmarkModel {
  /** Ends every answer. */
  public static final int END_TOKEN = 24_000;

  static final int CATEGORIES = 11;

  /** Token ids of texts and templates: those that no answer and no tokenizer uses. */
  static final int FIRST_TEXT_TOKEN = 2_000;

  static final int TEXT_TOKENS = 22_000;

  /** Least number of token ids that a checkpoint needs. */
  public static final int VOCABULARY = 25_000;

  private static final long SEED = 1;
  private static final int BINARY_PROMPT_END = 24_001;
  private static final int SEVERITY_PROMPT_END = 24_002;
  private static final int SAFE = 24_010;
  private static final int[] UNSAFE = {24_011, 24_012, 24_013};
  private static final int FIRST_CATEGORY = 24_020;
  private static final int[] LEVEL = {24_040, 24_041, 24_042, 24_043};
  private static final int FIRST_LEVEL = 24_050;
  private static final int FIRST_NAME = 24_100;
  private static final int NAME_TOKENS = 4;

  private final Map<String, int[]> tokens = new HashMap<>();
  private final Map<GuardTask, List<Answer>> answers = new EnumMap<>(GuardTask.class);
  private final Map<GuardTask, AnswerChoices> choices = new EnumMap<>(GuardTask.class);

  public BenchmarkModel() {
    List<Answer> binary = new ArrayList<>();
    add(binary, "safe", new AnswerMeaning.Harmless(), SAFE);
    for (int i = 0; i < CATEGORIES; i++) {
      Category category = category(i);
      add(
          binary,
          "unsafe\n" + category.code(),
          new AnswerMeaning.Harmful(category),
          joined(UNSAFE, FIRST_CATEGORY + i));
    }
    List<Answer> severity = new ArrayList<>();
    for (int level = 0; level < 5; level++) {
      add(
          severity,
          "#level: " + level,
          new AnswerMeaning.Level(level),
          joined(LEVEL, FIRST_LEVEL + level));
    }
    answers.put(GuardTask.PROMPT, binary);
    answers.put(GuardTask.RESPONSE, binary);
    answers.put(GuardTask.SEVERITY, severity);
    answers.forEach((task, legal) -> choices.put(task, AnswerChoices.of(task, legal, tokens::get)));
  }

  private void add(List<Answer> list, String text, AnswerMeaning meaning, int... ids) {
    list.add(new Answer(text, meaning));
    tokens.put(text, ids);
  }

  private static int[] joined(int[] first, int last) {
    int[] all = Arrays.copyOf(first, first.length + 1);
    all[first.length] = last;
    return all;
  }

  static Category category(int index) {
    return new Category("S" + (index + 1), "Category " + (index + 1));
  }

  public List<Answer> answers(GuardTask task) {
    return answers.get(task);
  }

  public AnswerChoices choices(GuardTask task) {
    return choices.get(task);
  }

  public int[] answerTokens(String answer) {
    return tokens.get(answer);
  }

  /** The token with which every prompt of the task ends. */
  static int promptEnd(GuardTask task) {
    return task == GuardTask.SEVERITY ? SEVERITY_PROMPT_END : BINARY_PROMPT_END;
  }

  /**
   * Writes the checkpoint unless it is there.
   *
   * @param modelDirectory holds {@code tokenizer.json} and {@code prompt-pack.json}, whose answers
   *     the checkpoint knows as well
   * @param tiny whether to write a tiny one, for trying the benchmark out
   */
  public static void write(Path modelDirectory, boolean tiny) throws IOException {
    if (Files.exists(modelDirectory.resolve("model.safetensors"))) {
      return;
    }
    List<AnswerGrammar.Rule> rules = new ArrayList<>(PlantedModel.grammar(modelDirectory).rules());
    rules.addAll(AnswerGrammar.ofSequences(new BenchmarkModel().sequences()).rules());
    PlantedCheckpoint.Sizes sizes =
        tiny
            ? new PlantedCheckpoint.Sizes(
                256, 512, 2, 4, 2, VOCABULARY, PlantedCheckpoint.Sizes.base(VOCABULARY).type())
            : PlantedCheckpoint.Sizes.base(VOCABULARY);
    new PlantedCheckpoint(sizes, new AnswerGrammar(rules), SEED).write(modelDirectory);
  }

  /** A checkpoint of any sizes that gives these answers and knows no others. */
  public PlantedCheckpoint checkpoint(PlantedCheckpoint.Sizes sizes) {
    return new PlantedCheckpoint(sizes, AnswerGrammar.ofSequences(sequences()), SEED);
  }

  private List<List<Integer>> sequences() {
    List<List<Integer>> sequences = new ArrayList<>();
    answers.forEach(
        (task, legal) -> {
          for (Answer answer : legal) {
            List<Integer> sequence = new ArrayList<>();
            sequence.add(promptEnd(task));
            Arrays.stream(tokens.get(answer.text())).forEach(sequence::add);
            if (answer.meaning() instanceof AnswerMeaning.Harmful harmful) {
              int index = Integer.parseInt(harmful.category().code().substring(1)) - 1;
              IntStream.range(0, NAME_TOKENS)
                  .forEach(i -> sequence.add(FIRST_NAME + index * NAME_TOKENS + i));
            }
            sequence.add(END_TOKEN);
            sequences.add(sequence);
          }
        });
    return sequences;
  }
}
