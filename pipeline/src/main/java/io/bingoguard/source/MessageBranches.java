package io.bingoguard.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list of messages that say which other one they answer, as exports of chats with repeated
 * replies and changed questions have them. In the order of the list a reply would stand with
 * whatever message happens to be before it.
 */
final class MessageBranches {
  private static final List<String> IDS = List.of("id", "uuid", "message_id", "messageId");
  private static final List<String> PARENTS =
      List.of(
          "parent",
          "parent_id",
          "parentId",
          "parent_message_id",
          "parentMessageId",
          "parent_message_uuid");
  private static final int NONE = -1;

  private final List<Turn> turns;

  /** Place of the message that each one answers; where nothing is said of it, the one before. */
  private final int[] parents;

  private MessageBranches(List<?> elements, List<Turn> turns) {
    this.turns = turns;
    this.parents = parents(elements);
  }

  /**
   * The turns of a list; of one with branches, the turns of each branch from where it begins, depth
   * first, so that each message is there once. A reply with which a branch begins has its question
   * before it.
   *
   * @param turns what the elements were read as
   */
  static List<List<Turn>> of(List<?> elements, List<Turn> turns) {
    return new MessageBranches(elements, turns).branches();
  }

  private static int[] parents(List<?> elements) {
    Map<String, Integer> places = new HashMap<>();
    for (int place = 0; place < elements.size(); place++) {
      int own = place;
      name(elements.get(place), IDS).ifPresent(id -> places.putIfAbsent(id, own));
    }
    // Names of which none leads to a message, such as that of the conversation, say nothing.
    boolean told =
        elements.stream()
            .flatMap(element -> name(element, PARENTS).stream())
            .anyMatch(places::containsKey);
    int[] parents = new int[elements.size()];
    for (int place = 0; place < parents.length; place++) {
      Object element = elements.get(place);
      parents[place] =
          told && mayName(element)
              ? name(element, PARENTS).map(id -> places.getOrDefault(id, NONE)).orElse(NONE)
              : place - 1;
    }
    return parents;
  }

  private static boolean mayName(Object element) {
    return element instanceof Map<?, ?> message && PARENTS.stream().anyMatch(message::containsKey);
  }

  private static Optional<String> name(Object element, List<String> fields) {
    return element instanceof Map<?, ?> message
        ? fields.stream().map(message::get).flatMap(value -> Names.of(value).stream()).findFirst()
        : Optional.empty();
  }

  private List<List<Turn>> branches() {
    List<List<Integer>> answers =
        Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
            .limit(parents.length)
            .toList();
    Deque<Integer> open = new ArrayDeque<>();
    for (int place = 0; place < parents.length; place++) {
      if (parents[place] == NONE) {
        open.add(place);
      } else {
        answers.get(parents[place]).add(place);
      }
    }
    List<List<Turn>> branches = new ArrayList<>();
    boolean[] seen = new boolean[parents.length];
    walk(open, answers, seen, branches);
    for (int place = 0; place < parents.length; place++) {
      // What no beginning leads to goes round in a circle.
      open.add(place);
      walk(open, answers, seen, branches);
    }
    return branches.isEmpty() ? List.of(List.of()) : branches;
  }

  private void walk(
      Deque<Integer> open, List<List<Integer>> answers, boolean[] seen, List<List<Turn>> branches) {
    int last = NONE;
    while (!open.isEmpty()) {
      int place = open.pop();
      if (seen[place]) {
        continue;
      }
      seen[place] = true;
      if (last == NONE || parents[place] != last) {
        branches.add(new ArrayList<>(question(place)));
      }
      branches.get(branches.size() - 1).add(turns.get(place));
      last = place;
      List<Integer> next = answers.get(place);
      for (int index = next.size() - 1; index >= 0; index--) {
        open.push(next.get(index));
      }
    }
  }

  /** The user message that a reply answers, whatever system or tool messages are in between. */
  private List<Turn> question(int place) {
    if (!isSaidBy(MessageRole.ASSISTANT, place)) {
      return List.of();
    }
    int asked = parents[place];
    for (int steps = 0; asked != NONE && turns.get(asked).isContext(); steps++) {
      if (steps > parents.length) {
        return List.of();
      }
      asked = parents[asked];
    }
    return asked != NONE && isSaidBy(MessageRole.USER, asked)
        ? List.of(turns.get(asked))
        : List.of();
  }

  private boolean isSaidBy(MessageRole role, int place) {
    return turns.get(place) instanceof Turn.Message message && message.role() == role;
  }
}
