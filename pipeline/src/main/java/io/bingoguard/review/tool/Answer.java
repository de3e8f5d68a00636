package io.bingoguard.review.tool;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file says of one item and one person, not looked at yet.
 *
 * @param place where in the file
 * @param itemId the item; empty where the file does not tell
 * @param reviewer the person; empty where the file does not tell
 * @param verdict what was chosen; empty where nothing was
 * @param category what was chosen; empty where nothing was
 * @param at when, as the file tells; empty where it does not
 */
public record Answer(
    String place,
    Optional<String> itemId,
    Optional<String> reviewer,
    Optional<String> verdict,
    Optional<String> category,
    Optional<String> at) {
  public Answer {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(itemId, "itemId");
    Objects.requireNonNull(reviewer, "reviewer");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(at, "at");
  }

  /** When, of ISO 8601 with its offset; empty where that cannot be told. */
  public Optional<Instant> moment() {
    try {
      return at.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
