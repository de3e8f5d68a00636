package io.bingoguard.source;

import io.bingoguard.source.CorpusLayout.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads records whose prompt and replies stand in columns of their own. */
final class PairTurns {
  private PairTurns() {}

  /** A conversation for each reply that is there, or the prompt alone. At least one. */
  static List<List<Turn>> alternatives(CorpusLayout layout, Map<String, Object> fields) {
    List<List<Turn>> alternatives = new ArrayList<>();
    for (Binding binding : layout.bindings(ColumnPart.RESPONSES)) {
      Optional<Object> reply = ColumnPath.value(fields, binding.column());
      if (reply.isPresent()) {
        if (binding.part() == ColumnPart.RESPONSE_TURNS) {
          alternatives.add(zipped(layout, fields, reply));
        } else {
          replies(binding.part(), reply.get())
              .forEach(turns -> alternatives.add(concatenated(prompt(layout, fields), turns)));
        }
      }
    }
    if (alternatives.isEmpty()) {
      boolean turns = !layout.columns(ColumnPart.PROMPT_TURNS).isEmpty();
      alternatives.add(turns ? zipped(layout, fields, Optional.empty()) : prompt(layout, fields));
    }
    return alternatives;
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

  private static List<List<Turn>> replies(ColumnPart part, Object value) {
    if (part == ColumnPart.RESPONSE) {
      List<?> replies = isOfTexts(value) ? (List<?>) value : List.of(value);
      return replies.stream()
          .map(reply -> List.of(MessageList.turn("the response", MessageRole.ASSISTANT, reply)))
          .toList();
    }
    Optional<List<?>> choices =
        MessageList.list(value)
            .filter(list -> !list.isEmpty() && list.stream().allMatch(MessageFields::isWrapped));
    if (choices.isEmpty()) {
      return List.of(messages(MessageRole.ASSISTANT, "the response", value));
    }
    List<List<Turn>> replies = new ArrayList<>();
    choices.get().forEach(choice -> replies.add(MessageList.turns(Optional.of(List.of(choice)))));
    return replies;
  }

  /** Whether a value is a list of texts, each of which is a reply; text that holds one is text. */
  private static boolean isOfTexts(Object value) {
    return value instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(String.class::isInstance);
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
  private static List<Turn> zipped(
      CorpusLayout layout, Map<String, Object> fields, Optional<Object> reply) {
    List<?> asked = texts(layout.value(ColumnPart.PROMPT_TURNS, fields));
    List<?> answered = texts(reply);
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
