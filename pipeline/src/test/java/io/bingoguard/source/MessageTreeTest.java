package io.bingoguard.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.Exchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTreeTest {
  private static final List<String> ROLES =
      List.of("prompter", "assistant", "prompter", "assistant", "system", "alien");

  @Test
  void takesPathsDepthFirstByMessageId() {
    assertThat(
            rows(
                node("1", null, "prompter"),
                node("3", "1", "assistant"),
                node("2", "1", "assistant"),
                node("4", "3", "prompter"),
                node("5", "2", "prompter"),
                node("6", "5", "assistant")))
        .containsExactly(
            Exchange.of("t1", "t2"),
            Exchange.of("t5", "t6"),
            Exchange.of("t1", "t3"),
            Exchange.ofPrompt("t4"));
  }

  @Test
  void leavesTheOtherSideMissingWhereRolesDoNotAlternate() {
    assertThat(
            rows(
                node("1", null, "assistant"),
                node("2", "1", "assistant"),
                node("3", "2", "prompter"),
                node("4", "3", "prompter"),
                node("5", "4", "system"),
                node("6", "5", "assistant")))
        .containsExactly(
            new Exchange(Optional.empty(), Optional.of("t1")),
            new Exchange(Optional.empty(), Optional.of("t2")),
            Exchange.ofPrompt("t3"),
            Exchange.of("t4", "t6"));
  }

  @Test
  void makesOrphansRootsAndCutsCircles() {
    assertThat(rows(node("2", "gone", "assistant"), node("3", "2", "prompter")))
        .containsExactly(
            new Exchange(Optional.empty(), Optional.of("t2")), Exchange.ofPrompt("t3"));
    assertThat(
            rows(
                node("1", "3", "prompter"),
                node("2", "1", "assistant"),
                node("3", "2", "assistant"),
                node("4", "4", "prompter"),
                node("0", "3", "prompter")))
        .containsExactlyInAnyOrder(
            Exchange.of("t1", "t2"),
            new Exchange(Optional.empty(), Optional.of("t3")),
            Exchange.ofPrompt("t0"),
            Exchange.ofPrompt("t4"));
  }

  @Test
  void keepsEveryMessageOfASharedId() {
    assertThat(
            rows(
                node("1", null, "prompter"),
                node("2", "1", "assistant"),
                node("2", "1", "assistant"),
                node("3", "2", "prompter")))
        .containsExactly(Exchange.of("t1", "t2"), Exchange.ofPrompt("t3"), Exchange.of("t1", "t2"));
  }

  @Test
  void readsAChainOfAnyDepth() {
    int depth = 10_000;
    List<MessageNode> chain = new ArrayList<>();
    for (int index = 0; index < depth; index++) {
      chain.add(
          node(
              "m" + index,
              index == 0 ? null : "m" + (index - 1),
              index % 2 == 0 ? "prompter" : "assistant"));
    }
    Collections.shuffle(chain, new Random(7));
    List<MessageTree.Placed> rows = new MessageTree(chain).rows();
    assertThat(rows).hasSize(depth / 2);
    assertThat(rows.get(depth / 2 - 1).row().exchange()).isEqualTo(Exchange.of("tm9998", "tm9999"));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void accountsForEveryMessageOfAnyGraphInAnyOrder(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int size = random.nextInt(15);
      List<MessageNode> nodes = new ArrayList<>();
      for (int index = 0; index < size; index++) {
        // Ids may be missing or shared; parents may be missing, absent, later, or the message.
        String id = random.nextInt(8) == 0 ? null : "m" + random.nextInt(size);
        String parent = random.nextInt(4) == 0 ? null : "m" + random.nextInt(size + 2);
        nodes.add(node(id, parent, ROLES.get(random.nextInt(ROLES.size())), "text" + index));
      }
      List<MessageTree.Placed> rows = new MessageTree(nodes).rows();
      assertEachMessageIsThereByTheEdgeRule(nodes, rows);

      List<MessageNode> shuffled = new ArrayList<>(nodes);
      Collections.shuffle(shuffled, random);
      assertThat(new MessageTree(shuffled).rows()).isEqualTo(rows);
    }
  }

  private static void assertEachMessageIsThereByTheEdgeRule(
      List<MessageNode> nodes, List<MessageTree.Placed> rows) {
    Map<String, Long> responses = counted(rows, row -> row.row().exchange().response().stream());
    Map<String, Long> prompts = counted(rows, row -> row.row().exchange().prompt().stream());
    long rejected = rows.stream().filter(row -> row.row().settled().isPresent()).count();
    Map<String, Long> expectedResponses = new TreeMap<>();
    long expectedRejected = 0;
    for (MessageNode node : nodes) {
      if (node.turn() instanceof Turn.Rejected) {
        expectedRejected++;
      } else if (((Turn.Message) node.turn()).role() == MessageRole.ASSISTANT) {
        expectedResponses.put(node.turn().text(), 1L);
      } else if (((Turn.Message) node.turn()).role() == MessageRole.USER) {
        assertThat(prompts).containsKey(node.turn().text());
      }
    }
    assertThat(responses).isEqualTo(expectedResponses);
    assertThat(rejected).isEqualTo(expectedRejected);
    // A prompt without any reply has one row.
    rows.stream()
        .filter(row -> row.row().exchange().response().isEmpty())
        .flatMap(row -> row.row().exchange().prompt().stream())
        .forEach(text -> assertThat(prompts).containsEntry(text, 1L));
  }

  private static Map<String, Long> counted(
      List<MessageTree.Placed> rows, Function<MessageTree.Placed, Stream<String>> side) {
    return rows.stream()
        .flatMap(side)
        .collect(Collectors.groupingBy(text -> text, TreeMap::new, Collectors.counting()));
  }

  private static List<Exchange> rows(MessageNode... nodes) {
    return new MessageTree(List.of(nodes))
        .rows().stream().map(placed -> placed.row().exchange()).toList();
  }

  private static MessageNode node(String id, String parent, String role) {
    return node(id, parent, role, "t" + id);
  }

  private static MessageNode node(String id, String parent, String role, String text) {
    return new MessageNode(
        Optional.ofNullable(id),
        Optional.ofNullable(parent),
        MessageList.turn("the message", role, text),
        ConversationFacts.ofCorrupt(CorpusRecord.of(Map.of()), "tree"));
  }
}
