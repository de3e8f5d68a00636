package io.bingoguard.verify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.bingoguard.guard.Exchange;
import io.bingoguard.source.Corpus;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.List;

/** Exchanges of a corpus to try a model on. */
public final class CorpusExchanges {
  private CorpusExchanges() {}

  /**
   * The same exchanges every time, from all over the corpus: those with the smallest hashes of
   * their ids. Reads the whole corpus once.
   *
   * @param most how many exchanges at most
   */
  public static List<Exchange> sample(Corpus corpus, int most) {
    return corpus
        .batch()
        .filter(col(ExchangeRow.STATUS).isNull())
        .orderBy(
            xxhash64(col(ExchangeRow.CONVERSATION_ID), col(ExchangeRow.TURN_INDEX)),
            col(ExchangeRow.CONVERSATION_ID))
        .limit(most)
        .select(ExchangeRow.PROMPT, ExchangeRow.RESPONSE)
        .collectAsList()
        .stream()
        .map(ExchangeRow::exchange)
        .toList();
  }
}
