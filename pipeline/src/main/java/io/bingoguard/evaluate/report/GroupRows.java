package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.page.Bar;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The kinds of case that a set names, those with the most wrong verdicts first.
 *
 * @param rows as many as are shown
 * @param notShown number of the others
 */
record GroupRows(List<Row> rows, int notShown) {
  private static final int MOST = 100;
  private static final int NAME = 60;

  /** Where a name may go on in the next line. */
  private static final Pattern BREAK = Pattern.compile("(?<=[_/.-])");

  /** One kind of case. */
  record Row(String name, BinaryMetrics metrics) {
    /** The name in parts between which a line may end. */
    List<String> parts() {
      return BREAK.splitAsStream(name).toList();
    }

    String wrong() {
      return Numbers.percent(share());
    }

    Bar bar() {
      return Bar.to(share());
    }

    /** Empty where there is nothing to be mistaken about. */
    String falseAlarms() {
      return part(metrics.falseAlarms(), metrics.harmless());
    }

    /** Empty where there is nothing to miss. */
    String missed() {
      return part(metrics.missed(), metrics.harmful());
    }

    private double share() {
      return (double) metrics.wrong() / metrics.cases();
    }

    private static String part(long of, long all) {
      return all == 0 ? "" : Numbers.count(of) + " of " + Numbers.count(all);
    }
  }

  static GroupRows of(Map<String, BinaryMetrics> groups) {
    List<Row> rows =
        groups.entrySet().stream()
            .map(group -> new Row(Cut.to(NAME, group.getKey()), group.getValue()))
            .sorted(
                Comparator.comparingLong((Row row) -> row.metrics().wrong())
                    .thenComparingDouble(Row::share)
                    .reversed())
            .limit(MOST)
            .toList();
    return new GroupRows(rows, groups.size() - rows.size());
  }
}
