package io.bingoguard.review.sample;

import java.util.Objects;
import java.util.Optional;

/**
 * What tells an exchange, as in the labels.
 *
 * @param conversationId its conversation
 * @param turnIndex place in it, from 0
 * @param contentHash digest of the two texts
 * @param file that it was read from; empty for a Delta table
 * @param row place of its record there, from 0; empty for a Delta table
 */
public record ExchangeKey(
    String conversationId,
    int turnIndex,
    String contentHash,
    Optional<String> file,
    Optional<Long> row) {
  public ExchangeKey {
    Objects.requireNonNull(conversationId, "conversationId");
    Objects.requireNonNull(contentHash, "contentHash");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(row, "row");
  }
}
