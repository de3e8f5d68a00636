package io.bingoguard.page;

import java.util.List;
import java.util.Locale;

/** A plot on the unit square, as SVG. */
public final class Plot {
  private static final int SIDE = 260;
  private static final int LEFT = 44;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;

  private final StringBuilder svg = new StringBuilder();

  public Plot(String title, String xName, String yName) {
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(LEFT + SIDE + 12, TOP + SIDE + BOTTOM, Html.escaped(title)));
    for (int tick = 0; tick <= 4; tick++) {
      double at = tick / 4.0;
      line("grid", 0, at, 1, at);
      line("grid", at, 0, at, 1);
      label(LEFT - 6, y(at) + 4, "end", number(at));
      label(x(at), TOP + SIDE + 16, "middle", number(at));
    }
    label(LEFT + SIDE / 2.0, TOP + SIDE + 34, "middle", Html.escaped(xName));
    svg.append(
        "<text transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>"
            .formatted(TOP + SIDE / 2, Html.escaped(yName)));
  }

  public Plot diagonal() {
    line("diagonal", 0, 0, 1, 1);
    return this;
  }

  /** A line through points. */
  public Plot curve(List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? "M" : " L").append(xy(point[0], point[1]));
    }
    svg.append("<path class=\"curve\" d=\"%s\"/>".formatted(path));
    return this;
  }

  /** A dot with a note that shows when it is pointed at. */
  public Plot dot(double x, double y, double radius, String note) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
            x(x),
            y(y),
            radius,
            Html.escaped(note)));
    return this;
  }

  public String svg() {
    return svg + "</svg>";
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            style,
            x(x1),
            y(y1),
            x(x2),
            y(y2)));
  }

  private void label(double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
            x,
            y,
            anchor,
            text));
  }

  private static String xy(double x, double y) {
    return String.format(Locale.ROOT, "%.1f %.1f", x(x), y(y));
  }

  private static double x(double share) {
    return LEFT + share * SIDE;
  }

  private static double y(double share) {
    return TOP + (1 - share) * SIDE;
  }

  private static String number(double at) {
    return String.format(Locale.ROOT, "%.2f", at);
  }
}
