package io.bingoguard.spark.labelling;

import io.bingoguard.spark.rows.ExchangeRow;
import java.io.Serializable;

/**
 * Something that is done to each exchange before it is judged. A task has a step of its own, which
 * it calls from one thread.
 */
@FunctionalInterface
public interface ExchangeStep extends Serializable {
  /** Leaves all as it is. */
  ExchangeStep NONE = exchange -> exchange;

  ExchangeRow apply(ExchangeRow exchange);

  /** This step, and then another. */
  default ExchangeStep then(ExchangeStep next) {
    return exchange -> next.apply(apply(exchange));
  }
}
