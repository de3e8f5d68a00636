package io.bingoguard.score;

import io.bingoguard.guard.Severity;
import io.bingoguard.guard.TextSpan;
import io.bingoguard.guard.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What came out for the windows of one text; a text that fits has one. */
final class WindowVerdicts {
  /**
   * What came out for a window.
   *
   * @param span absent for all of the text
   * @param verdict absent while it is not known, and where it does not come to be known
   */
  record Window(Optional<TextSpan> span, Optional<Verdict> verdict, Optional<Severity> severity) {
    private double severityScore() {
      return severity.map(Severity::score).orElse(-1.0);
    }

    private int level() {
      return severity.map(Severity::level).orElse(-1);
    }
  }

  private static final Comparator<Window> SEVERE =
      Comparator.<Window, Boolean>comparing(window -> window.verdict().orElseThrow().harmful())
          .thenComparing(Window::level)
          .thenComparing(Window::severityScore)
          .thenComparing(window -> window.verdict().orElseThrow().probability());

  private final List<Window> windows = new ArrayList<>();
  private boolean ungraded;

  /** Adds a window and returns its number. */
  int add(Optional<TextSpan> span) {
    windows.add(new Window(span, Optional.empty(), Optional.empty()));
    return windows.size() - 1;
  }

  int count() {
    return windows.size();
  }

  void verdict(int number, Optional<Verdict> verdict) {
    Window window = windows.get(number);
    windows.set(number, new Window(window.span(), verdict, window.severity()));
  }

  /** Of several severities of a window the highest counts. */
  void severity(int number, Severity severity) {
    Window window = windows.get(number);
    if (window.severity().isEmpty()
        || window.level() < severity.level()
        || (window.level() == severity.level() && window.severityScore() < severity.score())) {
      windows.set(number, new Window(window.span(), window.verdict(), Optional.of(severity)));
    }
  }

  /** A severity that was asked for is not known. */
  void ungraded() {
    ungraded = true;
  }

  /**
   * The severity of the most severe window. Absent as the window, and when another window's is not
   * known that may be higher.
   */
  Optional<Severity> severity() {
    boolean known = !ungraded && windows.stream().allMatch(window -> window.severity().isPresent());
    return decisive()
        .flatMap(Window::severity)
        .filter(severity -> known || severity.level() == Severity.LEVELS - 1);
  }

  /**
   * The most severe window. Absent when there is none, and when no window is harmful and not all
   * are known: then nobody knows whether the text is harmful.
   */
  Optional<Window> decisive() {
    Optional<Window> worst =
        windows.stream().filter(window -> window.verdict().isPresent()).max(SEVERE);
    boolean known = windows.stream().allMatch(window -> window.verdict().isPresent());
    return worst.filter(window -> known || window.verdict().orElseThrow().harmful());
  }
}
