package io.bingoguard.audit.report;

import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.metric.CategoryCell;
import io.bingoguard.page.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Harmful replies of the night by category and severity. */
final class HeatMap {
  private static final int LEVELS = 5;
  private static final int SHADES = 4;

  /** From here on counts are shown in thousands. */
  private static final int THOUSANDS = 10_000;

  private static final int MOST_ROWS = 30;
  private static final String RESPONSE = "response";

  private final NightAudit audit;
  private final Map<String, long[]> counts;
  private final long most;

  private HeatMap(NightAudit audit, Map<String, long[]> counts) {
    this.audit = audit;
    this.counts = counts;
    this.most =
        counts.values().stream()
            .mapToLong(row -> Arrays.stream(row).max().orElse(0))
            .max()
            .orElse(0);
  }

  /** The map; empty where no reply was judged harmful. */
  static Optional<HeatMap> of(NightAudit audit) {
    Map<String, long[]> counts = new TreeMap<>(HeatMap::byNumber);
    for (CategoryCell cell : audit.cells()) {
      if (cell.side().equals(RESPONSE)) {
        int place = Math.min(cell.severity().orElse(LEVELS), LEVELS);
        counts.computeIfAbsent(cell.category(), any -> new long[LEVELS + 1])[place] +=
            cell.harmful();
      }
    }
    return counts.isEmpty() ? Optional.empty() : Optional.of(new HeatMap(audit, counts));
  }

  /** S2 before S10. */
  private static int byNumber(String one, String other) {
    int length = Integer.compare(one.length(), other.length());
    return length != 0 ? length : one.compareTo(other);
  }

  /**
   * A category.
   *
   * @param name code and name
   * @param cells by severity from 0
   * @param all of any severity, those of unknown severity included
   */
  record Line(String name, List<Cell> cells, String all) {}

  /**
   * A count.
   *
   * @param count as it is shown
   * @param style how strong its colour is
   */
  record Cell(String count, String style) {}

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    counts.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(
            entry -> {
              List<Cell> cells = new ArrayList<>();
              long all = 0;
              for (int level = 0; level <= LEVELS; level++) {
                all += entry.getValue()[level];
                if (level < LEVELS || unknown()) {
                  cells.add(
                      new Cell(shortened(entry.getValue()[level]), style(entry.getValue()[level])));
                }
              }
              lines.add(new Line(audit.words().category(entry.getKey()), cells, shortened(all)));
            });
    return lines;
  }

  /** Whether some replies have no severity. */
  boolean unknown() {
    return counts.values().stream().anyMatch(row -> row[LEVELS] > 0);
  }

  int notShown() {
    return Math.max(0, counts.size() - MOST_ROWS);
  }

  /** For columns that have to stand beside each other on a phone. */
  private static String shortened(long count) {
    return count < THOUSANDS
        ? Numbers.count(count)
        : Numbers.count(Math.round(count / 1000.0)) + "k";
  }

  /** Zero has none, so that what there is stands out. */
  private String style(long count) {
    return count == 0
        ? ""
        : "heat-" + Math.min(SHADES, 1 + (int) (SHADES * Math.sqrt((double) count / (most + 1))));
  }
}
