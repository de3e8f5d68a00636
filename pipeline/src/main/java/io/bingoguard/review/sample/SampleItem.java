package io.bingoguard.review.sample;

import java.util.Objects;

/**
 * A message to review.
 *
 * @param place in which order items are to be reviewed, from 1
 * @param id what tells the item in files
 * @param side which message of the exchange
 * @param exchange the exchange
 * @param label what its label said
 * @param stratum from which it was drawn
 */
public record SampleItem(
    int place, String id, Side side, ExchangeKey exchange, MessageLabel label, Stratum stratum) {
  public SampleItem {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(stratum, "stratum");
  }

  SampleItem at(int newPlace) {
    return new SampleItem(newPlace, id, side, exchange, label, stratum);
  }
}
