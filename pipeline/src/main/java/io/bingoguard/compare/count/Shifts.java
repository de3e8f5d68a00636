package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * By how much probabilities of harm moved, after less before.
 *
 * @param messages with a probability on both sides
 * @param mean of the shifts; 0 without messages
 * @param meanSize of the shifts without their sign
 * @param quantiles of the shifts at {@link #LEVELS}, approximate; empty without messages
 * @param histogram messages by shift, between the {@link #EDGES}
 */
public record Shifts(
    long messages, double mean, double meanSize, List<Double> quantiles, List<Long> histogram) {
  public static final List<Double> LEVELS = List.of(0.0, 0.01, 0.05, 0.5, 0.95, 0.99, 1.0);

  /** Narrow around 0, where another number format moves most probabilities. */
  public static final List<Double> EDGES =
      List.of(-1.0, -0.5, -0.25, -0.1, -0.01, -0.001, 0.001, 0.01, 0.1, 0.25, 0.5, 1.0);

  /** Quantiles are off by no more than one of so many messages. */
  private static final int ACCURACY = 10_000;

  private static final String BIN = "bin";

  public Shifts {
    quantiles = List.copyOf(quantiles);
    histogram = List.copyOf(histogram);
  }

  /** Without messages. */
  static final Shifts NONE = new Shifts(0, 0, 0, List.of(), List.of());

  /** Those of each side that has any. */
  static Map<String, Shifts> of(Dataset<Row> messages) {
    Column shift = col(Messages.SHIFT);
    Dataset<Row> shifted = messages.where(shift.isNotNull()).select(col(Messages.SIDE), shift);
    Map<String, Long[]> histograms = new HashMap<>();
    shifted
        .groupBy(col(Messages.SIDE), bin(shift).as(BIN))
        .count()
        .collectAsList()
        .forEach(
            row ->
                histograms.computeIfAbsent(row.getString(0), side -> empty())[row.getInt(1)] =
                    row.getLong(2));
    Column levels = array(LEVELS.stream().map(functions::lit).toArray(Column[]::new));
    Map<String, Shifts> sides = new HashMap<>();
    shifted
        .groupBy(Messages.SIDE)
        .agg(
            count(lit(1)),
            avg(shift),
            avg(abs(shift)),
            percentile_approx(shift, levels, lit(ACCURACY)))
        .collectAsList()
        .forEach(
            row ->
                sides.put(
                    row.getString(0),
                    new Shifts(
                        row.getLong(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        new ArrayList<>(row.<Double>getList(4)),
                        Arrays.asList(histograms.get(row.getString(0))))));
    return sides;
  }

  private static Long[] empty() {
    Long[] counts = new Long[EDGES.size() - 1];
    Arrays.fill(counts, 0L);
    return counts;
  }

  /** The last bin whose lower edge is not above. */
  private static Column bin(Column shift) {
    Column bin = lit(0);
    for (int place = 1; place < EDGES.size() - 1; place++) {
      bin = when(shift.geq(EDGES.get(place)), lit(place)).otherwise(bin);
    }
    return bin;
  }
}
