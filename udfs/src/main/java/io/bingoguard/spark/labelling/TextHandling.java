package io.bingoguard.spark.labelling;

import io.bingoguard.guard.LongTexts;
import java.io.Serializable;
import java.util.Objects;

/**
 * How texts get to the model.
 *
 * @param preparation what is done to exchanges first
 * @param longTexts how texts are judged that do not fit into a request
 */
public record TextHandling(ExchangeStep preparation, LongTexts longTexts) implements Serializable {
  /** As they are; long ones lose their middle. */
  public static final TextHandling PLAIN = new TextHandling(ExchangeStep.NONE, LongTexts.TRUNCATED);

  public TextHandling {
    Objects.requireNonNull(preparation, "preparation");
    Objects.requireNonNull(longTexts, "longTexts");
  }
}
