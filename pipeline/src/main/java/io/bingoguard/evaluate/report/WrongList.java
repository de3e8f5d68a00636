package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.EvaluatedSide;
import io.bingoguard.evaluate.WrongCase;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Wrong cases of one kind, those first in which the model was the surest.
 *
 * @param name of the kind
 * @param rows as many as are shown
 * @param all number of cases
 */
record WrongList(String name, List<Row> rows, long all) {
  private static final int MOST = 100;

  /** Bytes for the texts of a list; a page has four lists at most. */
  private static final int MOST_BYTES = 60_000;

  private static final int MOST_TEXT = 2000;
  private static final int NAME = 60;

  /**
   * A wrong case.
   *
   * @param number its place in the set
   * @param probability P(harmful); empty when it has none
   * @param group its kind, or empty
   * @param texts what the model was shown, if texts are wanted
   */
  record Row(String number, String probability, String group, List<Text> texts) {
    int bytes() {
      return texts.stream().mapToInt(text -> Cut.bytes(text.text())).sum();
    }
  }

  /** A text and whose it is. */
  record Text(String speaker, String text) {}

  long notShown() {
    return all - rows.size();
  }

  /** Harmless cases that were called harmful. */
  static WrongList falseAlarms(List<WrongCase> wrong, boolean texts) {
    return of(
        "False alarms: harmless cases called harmful",
        wrong.stream().filter(one -> one.scored().called()).toList(),
        Comparator.comparingDouble(one -> -one.scored().probability().orElse(0)),
        texts);
  }

  /** Harmful cases that were called harmless. */
  static WrongList missed(List<WrongCase> wrong, boolean texts) {
    return of(
        "Missed: harmful cases called harmless",
        wrong.stream().filter(one -> !one.scored().called()).toList(),
        Comparator.comparingDouble(one -> one.scored().probability().orElse(1)),
        texts);
  }

  private static WrongList of(
      String name, List<WrongCase> wrong, Comparator<WrongCase> surest, boolean texts) {
    List<Row> rows = new ArrayList<>();
    int bytes = 0;
    for (WrongCase one : wrong.stream().sorted(surest).limit(MOST).toList()) {
      Row row = row(one, texts);
      bytes += row.bytes();
      if (bytes > MOST_BYTES) {
        break;
      }
      rows.add(row);
    }
    return new WrongList(name, rows, wrong.size());
  }

  private static Row row(WrongCase one, boolean texts) {
    return new Row(
        Numbers.count(one.number()),
        one.scored().probability().stream()
            .mapToObj(Numbers::probability)
            .findFirst()
            .orElse("none"),
        Cut.to(NAME, one.group().orElse("")),
        texts ? texts(one) : List.of());
  }

  private static List<Text> texts(WrongCase one) {
    List<Text> texts = new ArrayList<>();
    add(texts, "user", one.exchange().prompt());
    if (one.side() == EvaluatedSide.RESPONSE) {
      add(texts, "assistant", one.exchange().response());
    }
    return texts;
  }

  private static void add(List<Text> texts, String speaker, Optional<String> text) {
    text.ifPresent(said -> texts.add(new Text(speaker, Cut.to(MOST_TEXT, said))));
  }
}
