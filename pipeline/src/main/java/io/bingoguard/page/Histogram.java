package io.bingoguard.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Counts between edges, as columns on a logarithmic scale; the drawing is in the template. */
public final class Histogram {
  private static final double LEFT = 40;
  private static final double TOP = 12;
  private static final double WIDTH = 286;
  private static final double HEIGHT = 150;

  /** What stands at the foot of a column: a column of one is to be seen too. */
  private static final double FOOT = 0.4;

  private final String title;
  private final String xName;
  private final List<String> edges;
  private final List<Long> counts;

  /**
   * A drawing.
   *
   * @param edges what they are called, one more than there are counts
   */
  public Histogram(String title, String xName, List<String> edges, List<Long> counts) {
    if (edges.size() != counts.size() + 1) {
      throw new IllegalArgumentException(
          "%d edges of %d counts".formatted(edges.size(), counts.size()));
    }
    this.title = Objects.requireNonNull(title, "title");
    this.xName = Objects.requireNonNull(xName, "xName");
    this.edges = List.copyOf(edges);
    this.counts = List.copyOf(counts);
  }

  /**
   * A column.
   *
   * @param x left edge, as {@code y}, {@code width} and {@code height} on the drawing
   * @param note shown when it is pointed at
   */
  public record Column(String x, String y, String width, String height, String note) {}

  /**
   * A label at an axis.
   *
   * @param text what it says
   * @param x where, as {@code y}
   */
  public record Label(String text, String x, String y) {}

  public String title() {
    return title;
  }

  public String xName() {
    return xName;
  }

  /** Columns of the counts that are not 0. */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (int place = 0; place < counts.size(); place++) {
      long count = counts.get(place);
      if (count > 0) {
        columns.add(
            new Column(
                Numbers.coordinate(x(place) + 1),
                Numbers.coordinate(y(count)),
                Numbers.coordinate(x(place + 1) - x(place) - 2),
                Numbers.coordinate(TOP + HEIGHT - y(count)),
                "%s to %s: %s"
                    .formatted(edges.get(place), edges.get(place + 1), Numbers.count(count))));
      }
    }
    return columns;
  }

  /** Levels of the grid: powers of ten. */
  public List<Label> levels() {
    List<Label> levels = new ArrayList<>();
    long step = top() > 1_000_000 ? 100 : 10;
    for (long at = 1; at <= top(); at *= step) {
      levels.add(new Label(shortened(at), Numbers.coordinate(LEFT - 6), Numbers.coordinate(y(at))));
    }
    return levels;
  }

  /** Names of the edges, on two lines in turn, so that they do not lie on each other. */
  public List<Label> edges() {
    List<Label> labels = new ArrayList<>();
    for (int place = 0; place < edges.size(); place++) {
      labels.add(
          new Label(
              edges.get(place),
              Numbers.coordinate(x(place)),
              Numbers.coordinate(TOP + HEIGHT + (place % 2 == 0 ? 16 : 31))));
    }
    return labels;
  }

  private double x(int place) {
    return LEFT + WIDTH * place / counts.size();
  }

  private double y(long count) {
    return TOP + HEIGHT * (1 - scaled(count) / scaled(top()));
  }

  private static double scaled(long count) {
    return Math.log10(count / FOOT);
  }

  private long top() {
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    long top = 10;
    while (top < most) {
      top *= 10;
    }
    return top;
  }

  private static String shortened(long count) {
    if (count < 1000) {
      return Long.toString(count);
    }
    return count < 1_000_000
        ? count / 1000 + "k"
        : count < 1_000_000_000 ? count / 1_000_000 + "M" : count / 1_000_000_000 + "G";
  }
}
