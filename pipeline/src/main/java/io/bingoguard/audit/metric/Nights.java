package io.bingoguard.audit.metric;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.spark.rows.LabelRow;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which night a label belongs to, whatever time zone Spark is set to. */
final class Nights {
  static final String NIGHT = "night";

  /** Whether an exchange has no time where others have one: it counts by when it was labelled. */
  static final String UNDATED = "undated";

  /** More ranges of nights than these are read as one. */
  private static final int MOST_RANGES = 50;

  private Nights() {}

  /** The labels with their nights. */
  static Dataset<Row> of(Dataset<Row> labels, Clock clock) {
    return labels
        .withColumn(
            UNDATED, clock == Clock.OCCURRED_AT ? col(LabelRow.OCCURRED_AT).isNull() : lit(false))
        .withColumn("moment", coalesce(col(clock.column()), col(LabelRow.LABELLED_AT)))
        .withColumn(
            NIGHT, expr("date_from_unix_date(CAST(floor(unix_seconds(moment) / 86400) AS INT))"))
        .drop("moment");
  }

  /** Labels of some nights, asked for so that files without any are passed over. */
  static Dataset<Row> among(Dataset<Row> labels, Clock clock, Collection<LocalDate> nights) {
    List<LocalDate> days = List.copyOf(new TreeSet<>(nights));
    Column within = lit(false);
    for (List<LocalDate> range : ranges(days)) {
      within = within.or(inRange(clock, range.get(0), range.get(range.size() - 1)));
    }
    return of(labels.where(within), clock).where(col(NIGHT).isin(days.toArray()));
  }

  private static Column inRange(Clock clock, LocalDate first, LocalDate last) {
    Column named = between(clock.column(), first, last);
    return clock == Clock.LABELLED_AT
        ? named
        : named.or(
            col(LabelRow.OCCURRED_AT).isNull().and(between(LabelRow.LABELLED_AT, first, last)));
  }

  private static Column between(String column, LocalDate first, LocalDate last) {
    return col(column).geq(midnight(first)).and(col(column).lt(midnight(last.plusDays(1))));
  }

  private static Column midnight(LocalDate day) {
    return lit(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static List<List<LocalDate>> ranges(List<LocalDate> days) {
    List<List<LocalDate>> ranges = new ArrayList<>();
    for (LocalDate day : days) {
      List<LocalDate> last = ranges.isEmpty() ? List.of() : ranges.get(ranges.size() - 1);
      if (last.isEmpty() || !last.get(last.size() - 1).plusDays(1).equals(day)) {
        ranges.add(new ArrayList<>(List.of(day)));
      } else {
        last.add(day);
      }
    }
    return ranges.size() <= MOST_RANGES ? ranges : List.of(days);
  }
}
