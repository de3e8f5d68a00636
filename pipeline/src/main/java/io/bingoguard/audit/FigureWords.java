package io.bingoguard.audit;

import io.bingoguard.audit.alarm.Comparison;
import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.page.Cut;
import java.util.Locale;
import java.util.Map;

/**
 * Figures in words.
 *
 * @param categoryNames names of categories by code
 */
public record FigureWords(Map<String, String> categoryNames) {
  private static final int MOST_VALUE = 80;

  public FigureWords {
    categoryNames = Map.copyOf(categoryNames);
  }

  /** What is counted, such as {@code harmful replies from source web}. */
  public String named(Figure figure) {
    String what =
        switch (figure.measure()) {
          case HARMFUL -> "harmful " + messages(figure.side());
          case SEVERE -> "severe " + messages(figure.side());
          case LOW_CONFIDENCE -> "unsure verdicts on " + messages(figure.side());
          case TRUNCATED -> "truncated exchanges";
          case ERRORS -> "errors";
          case OFF_FORMAT -> "answers off format";
          case VOLUME -> "exchanges";
        };
    return what + part(figure);
  }

  /** The source, language or category of a figure. */
  public String value(Figure figure) {
    return figure.value().map(value -> shown(figure.dimension(), value)).orElse("not given");
  }

  /** A category by code and name. */
  public String category(String code) {
    return shown("category", code);
  }

  private String part(Figure figure) {
    return switch (figure.dimension()) {
      case "source" ->
          figure.value().map(value -> " from source " + value(figure)).orElse(" without a source");
      case "language" ->
          figure
              .value()
              .map(value -> " in language " + value(figure))
              .orElse(" without a language");
      case "category" -> " in category " + value(figure);
      default -> "";
    };
  }

  private String shown(String dimension, String value) {
    String known = categoryNames.get(value);
    return Cut.to(
        MOST_VALUE, dimension.equals("category") && known != null ? value + " " + known : value);
  }

  private static String messages(String side) {
    return side.equals("prompt") ? "prompts" : "replies";
  }

  /** The figure of the night, and what is usual. */
  public String told(FigureFinding finding) {
    Measure measure = finding.figure().measure();
    String seen = named(finding.figure()) + ": " + amount(measure, figure(finding));
    return finding
        .window()
        .comparison()
        .map(usual -> seen + ", usually " + usual(measure, usual))
        .orElse(seen);
  }

  /** What is usual, with what 19 of 20 usual nights have. */
  public static String usual(Measure measure, Comparison comparison) {
    return "%s (%s to %s)"
        .formatted(
            amount(measure, comparison.usual()),
            amount(measure, comparison.low()),
            amount(measure, comparison.high()));
  }

  /** How far a figure is from what is usual, and how many times as much it is. */
  public static String change(Measure measure, double figure, Comparison usual) {
    String difference = difference(measure, figure - usual.usual());
    return usual.usual() > 0
        ? difference
            + String.format(Locale.ROOT, ", %.2f times what is usual", figure / usual.usual())
        : difference + ", where there is usually none";
  }

  /** A difference with its sign: of rates in percentage points. */
  public static String difference(Measure measure, double difference) {
    String sign = difference < 0 ? "\u2212" : "+";
    return measure.isRate()
        ? String.format(Locale.ROOT, "%s%.1f percentage points", sign, 100 * Math.abs(difference))
        : String.format(Locale.ROOT, "%s%,.0f exchanges", sign, Math.abs(difference));
  }

  /** A rate in percent, or a count. */
  public static String amount(Measure measure, double figure) {
    return measure.isRate() ? percent(figure) : String.format(Locale.ROOT, "%,.0f", figure);
  }

  /** With the digits that tell small rates apart. */
  public static String percent(double rate) {
    double percent = 100 * rate;
    String format = percent == 0 || percent >= 10 ? "%.1f%%" : percent >= 0.1 ? "%.2f%%" : "%.3f%%";
    return String.format(Locale.ROOT, format, percent);
  }

  /** The figure of the night. */
  public static double figure(FigureFinding finding) {
    return finding.figure().measure().isRate()
        ? (double) finding.window().seen().seen() / finding.window().seen().outOf()
        : finding.window().seen().seen();
  }
}
