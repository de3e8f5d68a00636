package io.bingoguard.compare.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.compare.Check;
import io.bingoguard.compare.ComparedLabels;
import io.bingoguard.compare.Decision;
import io.bingoguard.compare.LabelComparison;
import io.bingoguard.compare.Tolerance;
import io.bingoguard.compare.count.Coverage;
import io.bingoguard.compare.count.Flip;
import io.bingoguard.compare.count.Group;
import io.bingoguard.compare.count.Groups;
import io.bingoguard.compare.count.PairCounts;
import io.bingoguard.compare.count.Shifts;
import io.bingoguard.compare.count.SideCounts;
import io.bingoguard.compare.count.SideEffects;
import io.bingoguard.compare.count.Transitions;
import io.bingoguard.compare.statistic.Interval;
import io.bingoguard.compare.statistic.Share;
import io.bingoguard.page.PageMaking;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
  private static final String HOSTILE = "</td><script>alert('\"&')</script><img src=//x onerror=y>";

  @Test
  void saysFirstWhetherToActAndThenWhatChangedAndWhere() {
    String page = page(comparison("web", 3));

    assertThat(page)
        .containsSubsequence(
            "Labels compared",
            "Fail: replies: another verdict 3.00% (2.00% to 4.00%), 1.00% tolerated.",
            "Replies",
            "Another verdict",
            "30 of 1,000",
            "<svg",
            "Severity",
            "S1 Harm &amp; more",
            "more than chance",
            "To look at first",
            "What was compared",
            "precision",
            "How to read this");
  }

  @Test
  void needsNothingElseAndTakesNothingForMarkup() {
    assertThat(page(comparison(HOSTILE, 20)))
        .startsWith("<!doctype html>")
        .contains("prefers-color-scheme: dark", "@media print", "default-src 'none'")
        .doesNotContain("<script", "<link", "<img", "http://", "https://", "url(", "@import");
  }

  @Test
  void staysSmallWhateverTheData() {
    String page = page(comparison("'".repeat(5000), 500));

    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(ComparisonPage.MOST_BYTES);
    assertThat(page).contains("980 more have none, or are not shown");
  }

  private static String page(LabelComparison comparison) {
    return ComparisonPage.of(
        comparison, new PageMaking(Instant.EPOCH, "1.2.3", "bingoguard compare --before out"));
  }

  private static LabelComparison comparison(String name, int many) {
    Flip.Judgement judgement = new Flip.Judgement("harmful", Optional.of(0.9), Optional.of(name));
    Groups groups =
        new Groups(
            "source",
            992,
            new Share(30, 1000),
            Collections.nCopies(
                Math.min(20, many),
                new Group(Optional.of(name), new Share(25, 100), 20, 5, 0.001)));
    SideCounts side =
        new SideCounts(
            "response",
            new Transitions(
                List.of(
                    new Transitions.Transition("harmless", "harmful", 30),
                    new Transitions.Transition("harmless", "harmless", 970))),
            new Transitions(Collections.nCopies(many, new Transitions.Transition("S1", name, 1))),
            new Transitions(List.of(new Transitions.Transition("1", "3", 4))),
            new Shifts(
                1000,
                0.01,
                0.02,
                List.of(-0.5, -0.1, 0.0, 0.0, 0.0, 0.1, 0.5),
                Collections.nCopies(Shifts.EDGES.size() - 1, 7L)),
            SideEffects.NONE,
            List.of(groups),
            Collections.nCopies(
                Math.min(20, many), new Flip(name, 0, Optional.of(name), judgement, judgement)));
    Map<String, String> settings = new TreeMap<>(Map.of("precision", "fp32"));
    IntStream.range(0, many).forEach(i -> settings.put(name + i, name));
    Map<String, String> others = new TreeMap<>(settings);
    others.put("precision", "fp16");
    return new LabelComparison(
        labels(name, settings),
        labels(name, others),
        new PairCounts(new Coverage(1000, 1, 2, 3, 4), List.of(side)),
        Map.of(Tolerance.FLIPS, 0.01),
        List.of(
            new Check(
                Tolerance.FLIPS,
                "response",
                0.01,
                OptionalDouble.of(0.03),
                new Interval(0.02, 0.04),
                Decision.FAIL)),
        Map.of("response", "SELECT '" + name + "'"),
        Map.of("S1", "Harm & more"));
  }

  private static ComparedLabels labels(String name, Map<String, String> settings) {
    return new ComparedLabels(
        name, name, 3, new ModelIdentity(name, name, name), Optional.of(name), 1000, 0, settings);
  }
}
