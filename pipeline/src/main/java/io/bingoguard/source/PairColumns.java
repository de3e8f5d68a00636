package io.bingoguard.source;

import io.bingoguard.source.CorpusLayout.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names under which corpora keep a prompt and its responses. */
final class PairColumns {
  /** Names that belong together. */
  private record Family(String prompt, List<String> contexts, List<List<String>> responses) {
    List<String> everyResponse() {
      return responses.stream().flatMap(List::stream).toList();
    }
  }

  private static final List<String> CONTEXTS = List.of("input", "context");
  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              "prompt",
              List.of(),
              List.of(
                  List.of("response"),
                  List.of("responses"),
                  List.of("completion"),
                  List.of("response_0", "response_1"),
                  List.of("response_a", "response_b"))),
          new Family("user_input", List.of(), List.of(List.of("model_output"))),
          new Family(
              "instruction",
              CONTEXTS,
              List.of(List.of("output"), List.of("response"), List.of("responses"))));

  private PairColumns() {}

  /** Every complete pair of columns that the sample has. */
  static List<List<Binding>> complete(CorpusSample sample) {
    List<List<Binding>> found = new ArrayList<>();
    for (Family family : FAMILIES) {
      Optional<String> prompt = sample.column(family.prompt());
      for (List<String> responses : family.responses()) {
        List<String> columns = sample.columnsOf(responses);
        if (prompt.isPresent() && columns.size() == responses.size()) {
          found.add(bindings(prompt, contextsOf(family, sample), columns));
        }
      }
    }
    return found;
  }

  /**
   * The corpus's prompt column with all that belongs to it. Where later records may have columns
   * that the sample has not, responses are read under all usual names: how a corpus is read must
   * not depend on when its first response occurs.
   *
   * @param responses the response columns that the sample has
   */
  static Optional<List<Binding>> whole(CorpusSample sample, List<String> responses) {
    return FAMILIES.stream()
        .filter(family -> sample.column(family.prompt()).isPresent())
        .filter(family -> belong(family, sample, responses))
        .findFirst()
        .map(
            family ->
                bindings(
                    sample.column(family.prompt()),
                    contextsOf(family, sample),
                    sample.open() ? usual(sample, family.everyResponse()) : responses));
  }

  private static boolean belong(Family family, CorpusSample sample, List<String> responses) {
    return usual(sample, family.everyResponse()).containsAll(responses);
  }

  /**
   * The columns where the user named the prompt, the response or both; what was not named is taken
   * by its usual name if there is just one.
   */
  static List<Binding> named(CorpusSample sample, Optional<String> prompt, List<String> named) {
    Optional<String> promptColumn =
        prompt
            .or(() -> sample.firstColumn(FAMILIES.stream().map(Family::prompt).toList()))
            .filter(column -> !named.contains(column));
    List<String> usual =
        sample.columnsOf(
            FAMILIES.stream()
                .flatMap(family -> family.responses().stream())
                .filter(names -> names.size() == 1)
                .flatMap(List::stream)
                .filter(name -> !promptColumn.equals(sample.column(name)))
                .toList());
    List<String> responses = named.isEmpty() ? (usual.size() == 1 ? usual : List.of()) : named;
    Optional<Family> family =
        FAMILIES.stream()
            .filter(some -> sample.column(some.prompt()).equals(promptColumn))
            .findFirst();
    return bindings(
        promptColumn,
        family.stream()
            .flatMap(some -> contextsOf(some, sample).stream())
            .filter(name -> !responses.contains(name))
            .toList(),
        responses);
  }

  /** Names as the sample spells them, if it has them. */
  private static List<String> usual(CorpusSample sample, List<String> names) {
    return names.stream().map(name -> sample.column(name).orElse(name)).toList();
  }

  private static List<String> contextsOf(Family family, CorpusSample sample) {
    return sample.open()
        ? usual(sample, family.contexts())
        : sample.firstColumn(family.contexts()).stream().toList();
  }

  private static List<Binding> bindings(
      Optional<String> prompt, List<String> contexts, List<String> responses) {
    List<Binding> bindings = new ArrayList<>();
    prompt.ifPresent(column -> bindings.add(new Binding(ColumnPart.PROMPT, column)));
    contexts.forEach(column -> bindings.add(new Binding(ColumnPart.CONTEXT, column)));
    responses.forEach(column -> bindings.add(new Binding(ColumnPart.RESPONSE, column)));
    return bindings;
  }

  /**
   * The same columns, told apart by what they hold: texts, lists of messages, or a text for every
   * turn. A column of which the sample has no value is taken to be as the others.
   */
  static List<Binding> told(CorpusSample sample, List<Binding> bindings) {
    List<String> sides =
        bindings.stream()
            .filter(binding -> isSide(binding.part()))
            .map(Binding::column)
            .filter(column -> !sample.values(column).isEmpty())
            .toList();
    boolean turns = !sides.isEmpty() && sides.stream().allMatch(sample::holdsOnlyTexts);
    boolean messages = !turns && sides.stream().anyMatch(sample::holdsOnlyMessages);
    return bindings.stream().map(binding -> told(binding, turns, messages, sample)).toList();
  }

  private static Binding told(
      Binding binding, boolean turns, boolean messages, CorpusSample sample) {
    boolean prompt = binding.part() == ColumnPart.PROMPT;
    if (isSide(binding.part()) && turns) {
      return new Binding(
          prompt ? ColumnPart.PROMPT_TURNS : ColumnPart.RESPONSE_TURNS, binding.column());
    }
    boolean unseen = sample.values(binding.column()).isEmpty();
    return isSide(binding.part())
            && messages
            && (unseen || sample.holdsOnlyMessages(binding.column()))
        ? new Binding(
            prompt ? ColumnPart.PROMPT_MESSAGES : ColumnPart.RESPONSE_MESSAGES, binding.column())
        : binding;
  }

  private static boolean isSide(ColumnPart part) {
    return part == ColumnPart.PROMPT || part == ColumnPart.RESPONSE;
  }

  /** Whether only replies to a prompt hold messages. */
  static boolean answeredByMessages(CorpusSample sample) {
    List<String> messages = sample.messageColumns();
    return !messages.isEmpty()
        && complete(sample).stream()
            .flatMap(List::stream)
            .filter(binding -> binding.part() == ColumnPart.RESPONSE)
            .map(Binding::column)
            .toList()
            .containsAll(messages);
  }

  /** The prompt column of the first family that has one, if it holds messages. */
  static Optional<String> promptOfMessages(CorpusSample sample) {
    return sample
        .firstColumn(FAMILIES.stream().map(Family::prompt).toList())
        .filter(sample::holdsOnlyMessages);
  }
}
