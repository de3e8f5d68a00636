package io.bingoguard.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plot on the unit square, whose drawing is in the template. */
public final class Plot {
  private static final int SIDE = 260;
  private static final int LEFT = 48;
  private static final int TOP = 12;
  private static final int TICKS = 4;

  private final String title;
  private final String xName;
  private final String yName;
  private final List<Dot> dots = new ArrayList<>();
  private String path = "";
  private boolean diagonal;

  public Plot(String title, String xName, String yName) {
    this.title = title;
    this.xName = xName;
    this.yName = yName;
  }

  /**
   * A dot with a note that shows when it is pointed at.
   *
   * @param x on the drawing, as {@code y} and {@code radius}
   */
  public record Dot(String x, String y, String radius, String note) {}

  /**
   * A line of the grid.
   *
   * @param at its number
   * @param x of the upright one
   * @param y of the level one
   */
  public record Tick(String at, String x, String y) {}

  public Plot withDiagonal() {
    diagonal = true;
    return this;
  }

  /** A line through points, each x and y. */
  public Plot curve(List<double[]> points) {
    StringBuilder line = new StringBuilder();
    for (double[] point : points) {
      line.append(line.isEmpty() ? "M" : " L").append(x(point[0])).append(' ').append(y(point[1]));
    }
    path = line.toString();
    return this;
  }

  /** A dot at a point. */
  public Plot dot(double x, double y, double radius, String note) {
    dots.add(new Dot(x(x), y(y), Numbers.coordinate(radius), note));
    return this;
  }

  public String title() {
    return title;
  }

  public String xName() {
    return xName;
  }

  public String yName() {
    return yName;
  }

  /** The line, as SVG has it. */
  public String path() {
    return path;
  }

  public List<Dot> dots() {
    return List.copyOf(dots);
  }

  public boolean diagonal() {
    return diagonal;
  }

  public List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    for (int tick = 0; tick <= TICKS; tick++) {
      double at = (double) tick / TICKS;
      ticks.add(new Tick(String.format(Locale.ROOT, "%.2f", at), x(at), y(at)));
    }
    return ticks;
  }

  private static String x(double share) {
    return Numbers.coordinate(LEFT + share * SIDE);
  }

  private static String y(double share) {
    return Numbers.coordinate(TOP + (1 - share) * SIDE);
  }
}
