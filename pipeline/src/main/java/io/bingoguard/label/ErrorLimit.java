package io.bingoguard.label;

import io.bingoguard.guard.GuardException;
import io.bingoguard.table.LabelStatistics;
import java.util.Optional;

/**
 * How many rows of a run may come out as errors.
 *
 * @param rate largest share of the run's rows, 0 to 1
 */
public record ErrorLimit(double rate) {
  /** No limit. */
  public static final ErrorLimit NONE = new ErrorLimit(1);

  /** A run is not ended on account of its first few rows. */
  private static final long LEAST_ROWS = 1000;

  public ErrorLimit {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate from 0 to 1, not " + rate);
    }
  }

  /** What is wrong with the rows of a run: too many errors, or nothing that was judged. */
  public Optional<GuardException> problem(LabelStatistics rows) {
    return problem(rows.errors(), rows.exchanges()).or(() -> nothingJudged(rows));
  }

  private static Optional<GuardException> nothingJudged(LabelStatistics rows) {
    return rows.exchanges() > 0 && rows.judged() == 0
        ? Optional.of(LabelErrors.nothingJudged(rows.exchanges()))
        : Optional.empty();
  }

  private Optional<GuardException> problem(long errors, long rows) {
    return errors > rate * rows
        ? Optional.of(LabelErrors.tooManyErrors(errors, rows, rate))
        : Optional.empty();
  }

  /**
   * Ends a run that is under way.
   *
   * @throws GuardException TOO_MANY_ERRORS
   */
  void check(long errors, long rows) {
    if (rows >= LEAST_ROWS) {
      problem(errors, rows)
          .ifPresent(
              problem -> {
                throw problem;
              });
    }
  }
}
