package io.bingoguard.prepare;

import io.bingoguard.guard.Exchange;
import io.bingoguard.spark.labelling.ExchangeStep;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes the texts of an exchange step by step, and notes which steps changed anything. */
final class TextSteps implements ExchangeStep {
  private static final long serialVersionUID = 1L;

  private final ArrayList<TextStep> steps;

  TextSteps(List<TextStep> steps) {
    this.steps = new ArrayList<>(steps);
  }

  @Override
  public ExchangeRow apply(ExchangeRow row) {
    if (row.settled().isPresent()) {
      return row;
    }
    Exchange exchange = row.exchange();
    List<String> changed = new ArrayList<>();
    for (TextStep step : steps) {
      Exchange next =
          new Exchange(changed(exchange.prompt(), step), changed(exchange.response(), step));
      if (!next.equals(exchange)) {
        changed.add(step.name());
      }
      exchange = next;
    }
    return changed.isEmpty() ? row : row.judgedAs(exchange, String.join(",", changed));
  }

  private static Optional<String> changed(Optional<String> text, TextStep step) {
    return text.map(step::apply);
  }
}
