package io.bingoguard.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of one tree as exchanges. The tree's paths from root to leaf share their beginnings;
 * an exchange belongs to the first path that holds it, so it is there once. Paths are taken depth
 * first, the replies to a message in the order of their ids.
 *
 * <p>Data may be no tree: a message whose parent is missing is a root; of several messages with one
 * id the first is the parent of what answers that id; a circle is cut at its smallest id. Nothing
 * here recurses, as trees may be as deep as they have messages.
 */
final class MessageTree {
  private static final int NONE = -1;
  private static final Comparator<MessageNode> ORDER =
      Comparator.comparing((MessageNode node) -> node.id().orElse(""))
          .thenComparing(node -> node.parentId().orElse(""))
          .thenComparing(node -> node.turn().speaker())
          .thenComparing(node -> node.turn().text());

  /** A row and the message whose facts it has. */
  record Placed(SourceRow row, MessageNode node, MessageNode root) {}

  private final List<MessageNode> nodes;
  private final int[] parents;
  private final List<List<Integer>> children = new ArrayList<>();

  /** Visited nodes in depth-first order, with the root of each. */
  private final List<Integer> order = new ArrayList<>();

  private final int[] roots;

  MessageTree(List<MessageNode> unordered) {
    nodes = unordered.stream().sorted(ORDER).toList();
    parents = new int[nodes.size()];
    roots = new int[nodes.size()];
    link();
    walk();
  }

  private void link() {
    Map<String, Integer> byId = new HashMap<>();
    for (int index = 0; index < nodes.size(); index++) {
      int position = index;
      nodes.get(index).id().ifPresent(id -> byId.putIfAbsent(id, position));
      children.add(new ArrayList<>(0));
    }
    for (int index = 0; index < nodes.size(); index++) {
      parents[index] = nodes.get(index).parentId().map(byId::get).orElse(NONE);
      if (parents[index] != NONE) {
        children.get(parents[index]).add(index);
      }
    }
  }

  private void walk() {
    boolean[] visited = new boolean[nodes.size()];
    for (int index = 0; index < nodes.size(); index++) {
      if (parents[index] == NONE) {
        walk(index, visited);
      }
    }
    // What no root leads to hangs on a circle.
    int[] seenFrom = new int[nodes.size()];
    Arrays.fill(seenFrom, NONE);
    for (int index = 0; index < nodes.size(); index++) {
      if (!visited[index]) {
        int onCircle = smallestOnCircle(index, seenFrom);
        parents[onCircle] = NONE;
        walk(onCircle, visited);
      }
    }
  }

  private int smallestOnCircle(int start, int[] seenFrom) {
    int index = start;
    while (seenFrom[index] != start) {
      seenFrom[index] = start;
      index = parents[index];
    }
    int smallest = index;
    for (int next = parents[index]; next != index; next = parents[next]) {
      smallest = Math.min(smallest, next);
    }
    return smallest;
  }

  private void walk(int root, boolean[] visited) {
    Deque<Integer> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      int index = open.pop();
      if (visited[index]) {
        continue;
      }
      visited[index] = true;
      roots[index] = root;
      order.add(index);
      List<Integer> replies = children.get(index);
      for (int reply = replies.size() - 1; reply >= 0; reply--) {
        open.push(replies.get(reply));
      }
    }
  }

  /** The rows of the tree in depth-first order; empty when it has only system messages. */
  List<Placed> rows() {
    int[] asked = new int[nodes.size()];
    boolean[] answered = new boolean[nodes.size()];
    for (int index : order) {
      asked[index] = parents[index] == NONE ? NONE : spokenAt(parents[index], asked);
      if (role(index).equals(Optional.of(MessageRole.ASSISTANT)) && isUser(asked[index])) {
        answered[asked[index]] = true;
      }
    }
    List<Placed> rows = new ArrayList<>();
    for (int index : order) {
      row(index, asked[index], answered[index])
          .ifPresent(row -> rows.add(new Placed(row, nodes.get(index), nodes.get(roots[index]))));
    }
    return rows;
  }

  /** The message itself, or what a system or tool message stands behind. */
  private int spokenAt(int index, int[] asked) {
    return role(index).equals(Optional.of(MessageRole.CONTEXT)) ? asked[index] : index;
  }

  private Optional<SourceRow> row(int index, int asked, boolean answered) {
    Turn turn = nodes.get(index).turn();
    if (turn instanceof Turn.Rejected rejected) {
      return Optional.of(SourceRow.rejected(rejected.label()));
    }
    Turn.Message message = (Turn.Message) turn;
    return switch (message.role()) {
      case CONTEXT -> Optional.empty();
      case USER ->
          answered
              ? Optional.empty()
              : Optional.of(ExchangeAssembler.row(Optional.of(message), Optional.empty()));
      case ASSISTANT -> Optional.of(ExchangeAssembler.row(question(asked), Optional.of(message)));
    };
  }

  private Optional<Turn.Message> question(int asked) {
    return isUser(asked) ? Optional.of((Turn.Message) nodes.get(asked).turn()) : Optional.empty();
  }

  private boolean isUser(int index) {
    return index != NONE && role(index).equals(Optional.of(MessageRole.USER));
  }

  private Optional<MessageRole> role(int index) {
    return nodes.get(index).turn() instanceof Turn.Message message
        ? Optional.of(message.role())
        : Optional.empty();
  }
}
