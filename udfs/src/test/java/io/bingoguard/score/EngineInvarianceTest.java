package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.bundle.ModelBundle;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.device.Device;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.guard.Verdict;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same exchange gets the same label in whatever company it is judged. */
class EngineInvarianceTest {
  private static final int MAX_TOKENS = 1500;
  private static final double TOLERANCE = 1e-5;

  private static GuardTokenizer tokenizer;
  private static GuardSession session;
  private static RequestFactory requests;
  private static List<Exchange> exchanges;
  private static List<SafetyLabel> alone;

  @BeforeAll
  static void judgeEachExchangeAlone(@TempDir Path directory) throws Exception {
    PlantedModel.write(directory);
    ModelBundle bundle = ModelBundle.open(directory);
    tokenizer = GuardTokenizer.open(bundle.tokenizerFile());
    requests = new RequestFactory(bundle.pack(), tokenizer, MAX_TOKENS);
    session =
        GuardSession.open(
            bundle.checkpoint(), new SessionSettings(Device.CPU, Precision.FP32, 1, 8192));
    exchanges = RandomExchanges.of(new Random(11), 120);
    alone = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      // No shared prefix and a pass of its own: the plain way to ask a model.
      alone.addAll(judge(List.of(exchange), new PackLimits(1, 1, 1), true));
    }
  }

  @AfterAll
  static void close() {
    session.close();
    tokenizer.close();
  }

  @Test
  void theSampleUsesEveryKindOfAnswer() {
    assertThat(alone)
        .extracting(SafetyLabel::status)
        .contains(LabelStatus.OK, LabelStatus.TRUNCATED);
    assertThat(alone.stream().flatMap(label -> label.response().stream()))
        .extracting(Verdict::harmful)
        .contains(true, false);
    assertThat(
            alone.stream()
                .flatMap(label -> label.severity().stream())
                .map(Severity::level)
                .distinct())
        .hasSizeGreaterThan(2);
  }

  @Test
  void packingOrderAndCompanyDoNotMatter() throws Exception {
    Random random = new Random(5);
    for (PackLimits limits :
        List.of(
            new PackLimits(512, 64, 1 << 22),
            new PackLimits(4096, 1, 1 << 24),
            new PackLimits(2000, 512, 1 << 19))) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < exchanges.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      int partitions = 1 + random.nextInt(4);
      for (int partition = 0; partition < partitions; partition++) {
        int modulus = partition;
        List<Integer> part = order.stream().filter(i -> i % partitions == modulus).toList();
        List<SafetyLabel> labels = judge(part.stream().map(exchanges::get).toList(), limits, false);
        for (int i = 0; i < part.size(); i++) {
          assertSame(labels.get(i), alone.get(part.get(i)));
        }
      }
    }
  }

  @Test
  void equalPromptsInAWindowAreScoredOnce() throws Exception {
    List<ScoreRequest> scored = new ArrayList<>();
    RequestScorer direct = scorer(new PackLimits(4096, 64, 1 << 24), false);
    RequestScorer counting =
        submitted -> {
          scored.addAll(submitted);
          return direct.submit(submitted);
        };
    List<Exchange> same =
        List.of(
            Exchange.ofPrompt("How are you?"),
            Exchange.of(" How are you?\n", "Fine."),
            Exchange.of("How are you?", "Well."));

    List<SafetyLabel> labels =
        new Cascade(requests, counting, Cascade.Options.of(SeverityMode.OFF), new EngineMetrics())
            .judge(same);

    assertThat(scored).hasSize(3);
    assertThat(labels).extracting(SafetyLabel::prompt).containsOnly(labels.get(0).prompt());
  }

  private static List<SafetyLabel> judge(
      List<Exchange> window, PackLimits limits, boolean withoutPrefix) throws Exception {
    return new Cascade(
            requests,
            scorer(limits, withoutPrefix),
            Cascade.Options.of(SeverityMode.FLAGGED),
            new EngineMetrics())
        .judge(window);
  }

  private static RequestScorer scorer(PackLimits limits, boolean withoutPrefix) {
    return submitted -> {
      List<ScoreRequest> asked =
          withoutPrefix
              ? submitted.stream()
                  .map(
                      request ->
                          new ScoreRequest(
                              SharedPrefix.NONE,
                              request.tokens(),
                              request.choices(),
                              request.leftOut()))
                  .toList()
              : submitted;
      try (PassRunner runner = new PassRunner(session, limits, new EngineMetrics())) {
        return new DirectScorer(runner::run, limits).submit(asked);
      }
    };
  }

  private static void assertSame(SafetyLabel actual, SafetyLabel expected) {
    assertThat(actual.status()).isEqualTo(expected.status());
    assertThat(actual.problem()).isEqualTo(expected.problem());
    assertThat(actual.inputTokens()).isEqualTo(expected.inputTokens());
    assertThat(actual.truncatedTokens()).isEqualTo(expected.truncatedTokens());
    assertSame(actual.prompt(), expected.prompt());
    assertSame(actual.response(), expected.response());
    assertThat(actual.severity().map(Severity::level))
        .isEqualTo(expected.severity().map(Severity::level));
    if (expected.severity().isPresent()) {
      assertThat(actual.severity().get().score())
          .isCloseTo(expected.severity().get().score(), within(10 * TOLERANCE));
    }
    assertThat(actual.formatConfidence().isPresent())
        .isEqualTo(expected.formatConfidence().isPresent());
  }

  private static void assertSame(Optional<Verdict> actual, Optional<Verdict> expected) {
    assertThat(actual.map(Verdict::harmful)).isEqualTo(expected.map(Verdict::harmful));
    assertThat(actual.flatMap(Verdict::category)).isEqualTo(expected.flatMap(Verdict::category));
    if (expected.isPresent()) {
      assertThat(actual.get().probability())
          .isCloseTo(expected.get().probability(), within(TOLERANCE));
    }
  }
}
