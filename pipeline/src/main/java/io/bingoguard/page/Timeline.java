package io.bingoguard.page;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Figures of days, as bars or as a line, from zero on; the drawing is in the template. */
public final class Timeline {
  private static final double LEFT = 56;
  private static final double TOP = 12;
  private static final double WIDTH = 270;
  private static final double HEIGHT = 150;
  private static final double MOST_RADIUS = 2.2;

  private final String title;
  private final List<Day> days;
  private final DoubleFunction<String> format;
  private final boolean bars;
  private final LocalDate first;
  private final long length;
  private Optional<Usual> usual = Optional.empty();

  /**
   * A drawing.
   *
   * @param days in their order; between the first and the last some may lack
   * @param format how figures are written
   * @param bars whether figures are bars or a line
   */
  public Timeline(String title, List<Day> days, DoubleFunction<String> format, boolean bars) {
    this.title = Objects.requireNonNull(title, "title");
    this.days = List.copyOf(days);
    this.format = Objects.requireNonNull(format, "format");
    this.bars = bars;
    this.first = days.get(0).day();
    this.length = 1 + ChronoUnit.DAYS.between(first, days.get(days.size() - 1).day());
  }

  /**
   * A day's figure.
   *
   * @param day the day
   * @param value its figure, not below zero
   */
  public record Day(LocalDate day, double value) {}

  /**
   * What is usual.
   *
   * @param low figures are seldom below
   * @param high figures are seldom above
   */
  public record Usual(double low, double high) {}

  /**
   * A shape on the drawing.
   *
   * @param x left edge, or middle of a dot
   * @param y upper edge, or middle of a dot
   * @param width or radius of a dot
   * @param height of a bar
   * @param note shown when it is pointed at
   */
  public record Shape(String x, String y, String width, String height, String note) {}

  /**
   * A label at an axis.
   *
   * @param text what it says
   * @param x where
   * @param y where
   * @param anchor how it is aligned, as SVG has it
   */
  public record Label(String text, String x, String y, String anchor) {}

  /** Shows what is usual on the last day, as a band. */
  public Timeline withUsual(double low, double high) {
    usual = Optional.of(new Usual(low, high));
    return this;
  }

  public String title() {
    return title;
  }

  /** The band of what is usual. */
  public Optional<Shape> band() {
    return usual.map(
        range ->
            new Shape(
                Numbers.coordinate(LEFT),
                Numbers.coordinate(y(range.high())),
                Numbers.coordinate(WIDTH),
                Numbers.coordinate(Math.max(1, y(range.low()) - y(range.high()))),
                "usual: %s to %s"
                    .formatted(format.apply(range.low()), format.apply(range.high()))));
  }

  /** Bars, the last one last; none where there is a line. */
  public List<Shape> bars() {
    if (!bars) {
      return List.of();
    }
    double step = WIDTH / length;
    return days.stream()
        .map(
            day ->
                new Shape(
                    Numbers.coordinate(x(day.day()) - step * 0.4),
                    Numbers.coordinate(y(day.value())),
                    Numbers.coordinate(step * 0.8),
                    Numbers.coordinate(TOP + HEIGHT - y(day.value())),
                    note(day)))
        .toList();
  }

  /** The line, broken where days lack; empty where there are bars. */
  public String path() {
    if (bars) {
      return "";
    }
    StringBuilder line = new StringBuilder();
    Optional<LocalDate> before = Optional.empty();
    for (Day day : days) {
      boolean goesOn = before.isPresent() && before.get().plusDays(1).equals(day.day());
      line.append(goesOn ? " L" : " M")
          .append(Numbers.coordinate(x(day.day())))
          .append(' ')
          .append(Numbers.coordinate(y(day.value())));
      before = Optional.of(day.day());
    }
    return line.toString().strip();
  }

  /** The days of a line, the last one last and larger; none where there are bars. */
  public List<Shape> dots() {
    List<Shape> dots = new ArrayList<>();
    if (!bars) {
      for (Day day : days) {
        boolean last = day.day().equals(days.get(days.size() - 1).day());
        double radius = last ? 2 * MOST_RADIUS : Math.min(MOST_RADIUS, WIDTH / length / 3);
        dots.add(
            new Shape(
                Numbers.coordinate(x(day.day())),
                Numbers.coordinate(y(day.value())),
                Numbers.coordinate(radius),
                "",
                note(day)));
      }
    }
    return dots;
  }

  /** Levels of the grid, with what they stand for. */
  public List<Label> levels() {
    List<Label> levels = new ArrayList<>();
    for (double at : new double[] {0, top() / 2, top()}) {
      levels.add(
          new Label(
              format.apply(at), Numbers.coordinate(LEFT - 6), Numbers.coordinate(y(at)), "end"));
    }
    return levels;
  }

  /** First and last day. */
  public List<Label> dates() {
    String y = Numbers.coordinate(TOP + HEIGHT + 20);
    LocalDate last = days.get(days.size() - 1).day();
    Label end = new Label(last.toString(), Numbers.coordinate(LEFT + WIDTH), y, "end");
    return length < 2
        ? List.of(end)
        : List.of(new Label(first.toString(), Numbers.coordinate(LEFT), y, "start"), end);
  }

  private String note(Day day) {
    return day.day() + ": " + format.apply(day.value());
  }

  private double x(LocalDate day) {
    return LEFT + WIDTH * (ChronoUnit.DAYS.between(first, day) + 0.5) / length;
  }

  private double y(double value) {
    return TOP + HEIGHT * (1 - value / top());
  }

  /** One, two or five of a power of ten. */
  private double top() {
    double most =
        Math.max(
            days.stream().mapToDouble(Day::value).max().orElse(0),
            usual.map(Usual::high).orElse(0.0));
    if (most <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double step : new double[] {1, 2, 5}) {
      if (most <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
