package io.bingoguard.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * F1 of guard models on public sets, in percent, as the authors of BingoGuard publish them (arXiv
 * 2503.06550). A set's split and labels have to be the published ones for a comparison to hold.
 */
public final class PublishedFigures {
  /**
   * One model's figure.
   *
   * @param side prompt or response
   * @param f1 in percent
   * @param own whether it is the figure of the model that was measured
   */
  public record Row(String model, String side, double f1, boolean own) {}

  private static final String BINGOGUARD = "BingoGuard-llama3.1-8B";

  /** The names under which that model is distributed and bundled. */
  private static final Set<String> BINGOGUARD_NAMES =
      Set.of("bingoguard-llama-8b", "bingoguard-llama3.1-8b");

  /** How the identity of its authors' prompts begins. */
  private static final String BINGOGUARD_PROMPTS = "bingoguard/";

  private static final List<String> MODELS =
      List.of(BINGOGUARD, "WildGuard-7B", "Llama Guard 3 8B", "GPT-4o");

  /** Figures by layout and side, in the order of the models. */
  private static final Map<String, Map<String, List<Double>>> F1 =
      Map.of(
          "toxicchat", Map.of("prompt", List.of(75.7, 70.8, 50.9, 68.1)),
          "openai-moderation", Map.of("prompt", List.of(77.9, 72.1, 79.4, 70.4)),
          "aegis", Map.of("prompt", List.of(90.4, 89.4, 74.8, 83.2)),
          "xstest", Map.of("prompt", List.of(94.9, 94.4, 88.3, 90.2)),
          "wildguardtest",
              Map.of(
                  "prompt", List.of(88.9, 88.9, 70.1, 87.9),
                  "response", List.of(80.1, 75.4, 70.2, 73.1)),
          "beavertails", Map.of("response", List.of(86.4, 84.4, 69.7, 83.8)),
          "saferlhf", Map.of("response", List.of(68.7, 64.2, 53.7, 67.9)),
          "harmbench", Map.of("response", List.of(86.4, 86.2, 84.9, 83.5)));

  private PublishedFigures() {}

  /** The figures for the layout of a set; empty when there are none. */
  static List<Row> of(Evaluation.Subject subject) {
    return F1.getOrDefault(subject.layout(), Map.of()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            side ->
                IntStream.range(0, MODELS.size())
                    .mapToObj(
                        i ->
                            new Row(
                                MODELS.get(i),
                                side.getKey(),
                                side.getValue().get(i),
                                own(MODELS.get(i), subject))))
        .toList();
  }

  /** A model is told by its name and its prompts: the same weights with other ones are another. */
  private static boolean own(String published, Evaluation.Subject subject) {
    return published.equals(BINGOGUARD)
        && BINGOGUARD_NAMES.contains(subject.model().toLowerCase(Locale.ROOT))
        && subject.promptPack().startsWith(BINGOGUARD_PROMPTS);
  }
}
