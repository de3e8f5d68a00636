package io.bingoguard.source;

import io.bingoguard.source.CorpusLayout.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads records whose prompt and replies stand in columns of their own. */
final class PairTurns {
  private PairTurns() {}

  /**
   * A conversation for each reply that is there, or the prompt alone. At least one. What precedes
   * the last question stands with the first reply only.
   */
  static List<List<Turn>> alternatives(CorpusLayout layout, Map<String, Object> fields) {
    List<List<Turn>> alternatives = new ArrayList<>();
    for (Binding binding : layout.bindings(ColumnPart.RESPONSES)) {
      Optional<Object> reply = ColumnPath.value(fields, binding.column());
      if (reply.isPresent() && isByTurns(layout, binding.part(), fields, reply.get())) {
        alternatives.add(zipped(asked(layout, fields), texts(reply)));
      } else if (reply.isPresent()) {
        for (List<Turn> turns : replies(binding.part(), reply.get())) {
          List<Turn> prompt = prompt(layout, fields);
          alternatives.add(
              concatenated(alternatives.isEmpty() ? prompt : lastQuestion(prompt), turns));
        }
      }
    }
    if (alternatives.isEmpty()) {
      boolean turns = asked(layout, fields).stream().anyMatch(Objects::nonNull);
      alternatives.add(turns ? zipped(asked(layout, fields), List.of()) : prompt(layout, fields));
    }
    return alternatives;
  }

  /** Also where the sample did not show it: a list of texts on both sides. */
  private static boolean isByTurns(
      CorpusLayout layout, ColumnPart part, Map<String, Object> fields, Object reply) {
    return part == ColumnPart.RESPONSE_TURNS
        || (isOfTexts(reply) && !asked(layout, fields).isEmpty());
  }

  /** The user messages of a list of texts; none where the prompt is another value. */
  private static List<?> asked(CorpusLayout layout, Map<String, Object> fields) {
    Optional<Object> turns = layout.value(ColumnPart.PROMPT_TURNS, fields);
    return turns.isPresent()
        ? texts(turns)
        : layout
            .value(ColumnPart.PROMPT, fields)
            .filter(PairTurns::isOfTexts)
            .<List<?>>map(list -> (List<?>) list)
            .orElse(List.of());
  }

  private static List<Turn> lastQuestion(List<Turn> prompt) {
    for (int index = prompt.size() - 1; index >= 0; index--) {
      if (!prompt.get(index).isContext()) {
        boolean asks =
            prompt.get(index) instanceof Turn.Message message && message.role() == MessageRole.USER;
        return asks ? List.of(prompt.get(index)) : List.of();
      }
    }
    return List.of();
  }

  private static List<Turn> prompt(CorpusLayout layout, Map<String, Object> fields) {
    Optional<Object> messages = layout.value(ColumnPart.PROMPT_MESSAGES, fields);
    if (messages.isPresent()) {
      return messages(MessageRole.USER, "the prompt", messages.get());
    }
    return layout
        .value(ColumnPart.PROMPT, fields)
        .map(value -> withContext(value, layout.value(ColumnPart.CONTEXT, fields)))
        .map(value -> List.of(MessageList.turn("the prompt", MessageRole.USER, value)))
        .orElse(List.of());
  }

  private static Object withContext(Object instruction, Optional<Object> context) {
    return instruction instanceof String text
            && context.isPresent()
            && context.get() instanceof String more
            && !more.isBlank()
        ? text + "\n\n" + more
        : instruction;
  }

  /** Replies of a value: of a list each element, unless they are one message or its parts. */
  private static List<List<Turn>> replies(ColumnPart part, Object value) {
    Optional<List<?>> several =
        (part == ColumnPart.RESPONSE_MESSAGES || value instanceof List
                ? MessageList.list(value)
                : Optional.<List<?>>empty())
            .filter(list -> !ContentParts.areParts(list))
            .filter(
                list ->
                    !MessageList.isOfMessages(list)
                        || list.stream().anyMatch(MessageFields::isWrapped)
                        || isOfReplies(list));
    if (several.isEmpty()) {
      return List.of(
          part == ColumnPart.RESPONSE_MESSAGES || value instanceof List
              ? messages(MessageRole.ASSISTANT, "the response", value)
              : List.of(MessageList.turn("the response", MessageRole.ASSISTANT, value)));
    }
    return several.get().stream().filter(Objects::nonNull).map(PairTurns::reply).toList();
  }

  private static List<Turn> reply(Object element) {
    return MessageFields.roleField(element).isPresent()
        ? MessageList.turns(Optional.of(List.of(element)))
        : List.of(MessageList.turn("the response", MessageRole.ASSISTANT, element));
  }

  /** Messages of nobody but the model do not follow each other; each answers the prompt. */
  private static boolean isOfReplies(List<?> messages) {
    return messages.stream()
        .map(message -> MessageList.turn("the response", message))
        .allMatch(
            turn ->
                turn instanceof Turn.Message message && message.role() == MessageRole.ASSISTANT);
  }

  /** Whether a value is a list of texts; one that is null was not made. */
  private static boolean isOfTexts(Object value) {
    return value instanceof List<?> list
        && list.stream().anyMatch(Objects::nonNull)
        && list.stream().allMatch(text -> text == null || text instanceof String);
  }

  /** A side that is a list of messages, one message, or text after all. */
  private static List<Turn> messages(MessageRole role, String place, Object value) {
    Object list = value instanceof Map<?, ?> message ? List.of(message) : value;
    return MessageList.list(list)
        .filter(MessageList::isOfMessages)
        .map(messages -> MessageList.turns(Optional.of(messages)))
        .orElseGet(() -> List.of(MessageList.turn(place, role, value)));
  }

  private static List<Turn> concatenated(List<Turn> prompt, List<Turn> reply) {
    List<Turn> turns = new ArrayList<>(prompt);
    turns.addAll(reply);
    return turns;
  }

  /** User messages and replies by turns; one that is null was not made. */
  private static List<Turn> zipped(List<?> asked, List<?> answered) {
    List<Turn> turns = new ArrayList<>();
    for (int index = 0; index < Math.max(asked.size(), answered.size()); index++) {
      add(turns, MessageRole.USER, "prompt", index, asked);
      add(turns, MessageRole.ASSISTANT, "response", index, answered);
    }
    return turns;
  }

  private static void add(
      List<Turn> turns, MessageRole role, String side, int index, List<?> texts) {
    if (index < texts.size() && texts.get(index) != null) {
      turns.add(MessageList.turn("%s %d".formatted(side, index + 1), role, texts.get(index)));
    }
  }

  /** What is no list is the only text. */
  private static List<?> texts(Optional<Object> value) {
    return value
        .<List<?>>map(some -> MessageList.list(some).orElseGet(() -> List.of(some)))
        .orElse(List.of());
  }
}
