package io.bingoguard.audit.report;

import io.bingoguard.audit.FigureWords;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.metric.CategoryCell;
import io.bingoguard.guard.Severity;
import io.bingoguard.page.Bar;
import io.bingoguard.page.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How severe the harmful replies of a night are, beside those of the nights before. */
final class SeverityShares {
  private static final int LEVELS = 5;

  private final long[] night;
  private final long[] usual;

  private SeverityShares(long[] night, long[] usual) {
    this.night = night;
    this.usual = usual;
  }

  /** The shares; empty where no harmful reply has a severity. */
  static Optional<SeverityShares> of(NightAudit audit) {
    long[] night = levels(audit.cells());
    return sum(night) == 0
        ? Optional.empty()
        : Optional.of(new SeverityShares(night, levels(audit.usualCells())));
  }

  private static long[] levels(List<CategoryCell> cells) {
    long[] levels = new long[LEVELS];
    for (CategoryCell cell : cells) {
      if (cell.side().equals("response") && cell.severity().isPresent()) {
        levels[cell.severity().getAsInt()] += cell.harmful();
      }
    }
    return levels;
  }

  private static long sum(long[] levels) {
    return Arrays.stream(levels).sum();
  }

  /**
   * A level.
   *
   * @param level from 0
   * @param name of the level
   * @param count harmful replies of the night
   * @param share of those with a severity
   * @param usual the same share of the nights before
   * @param bar of the share
   */
  record Line(int level, String name, String count, String share, String usual, Bar bar) {}

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      double share = (double) night[level] / sum(night);
      lines.add(
          new Line(
              level,
              Severity.name(level),
              Numbers.count(night[level]),
              FigureWords.percent(share),
              sum(usual) == 0
                  ? "not known"
                  : FigureWords.percent((double) usual[level] / sum(usual)),
              Bar.to(share)));
    }
    return lines;
  }
}
