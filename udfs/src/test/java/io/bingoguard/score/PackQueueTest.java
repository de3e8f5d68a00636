package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackQueueTest {
  private static final AnswerChoices CHOICES = AnswerChoicesTest.choices("safe", "unsafe S1");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyRequestLeavesExactlyOnceInPacksWithinTheLimits(long seed) {
    Random random = new Random(seed);
    List<SharedPrefix> prefixes =
        List.of(
            SharedPrefix.NONE,
            new SharedPrefix("a", new int[30]),
            new SharedPrefix("b", new int[5]));
    PackLimits limits = new PackLimits(100 + random.nextInt(400), 16, 20_000);
    PackQueue queue = new PackQueue(new PackBudget(limits));
    Set<PackQueue.Waiting> expected = new HashSet<>();
    Set<PackQueue.Waiting> seen = new HashSet<>();
    for (int round = 0; round < 200; round++) {
      for (int i = random.nextInt(10); i > 0; i--) {
        PackQueue.Waiting waiting =
            waiting(prefixes.get(random.nextInt(3)), 1 + random.nextInt(300));
        queue.add(waiting);
        if (random.nextInt(10) == 0) {
          waiting.scores().cancel(false);
        } else {
          expected.add(waiting);
        }
      }
      checkPack(queue.next(), limits, seen);
    }
    for (List<PackQueue.Waiting> pack = queue.next(); !pack.isEmpty(); pack = queue.next()) {
      checkPack(pack, limits, seen);
    }
    assertThat(seen).isEqualTo(expected);
  }

  private static void checkPack(
      List<PackQueue.Waiting> pack, PackLimits limits, Set<PackQueue.Waiting> seen) {
    int tokens = pack.stream().mapToInt(waiting -> waiting.request().passTokens()).sum();
    assertThat(pack.size() == 1 || tokens <= limits.tokens()).isTrue();
    if (!pack.isEmpty()) {
      long longest = pack.get(0).request().passTokens();
      long cells = pack.size() * longest * (longest + pack.get(0).request().prefix().length());
      assertThat(pack.size() == 1 || cells <= limits.attentionCells()).isTrue();
    }
    for (PackQueue.Waiting waiting : pack) {
      assertThat(waiting.request().prefix()).isSameAs(pack.get(0).request().prefix());
      assertThat(seen.add(waiting)).isTrue();
    }
  }

  private static PackQueue.Waiting waiting(SharedPrefix prefix, int tokens) {
    return new PackQueue.Waiting(
        new ScoreRequest(prefix, new int[prefix.length() + tokens], CHOICES, LeftOut.NONE));
  }
}
