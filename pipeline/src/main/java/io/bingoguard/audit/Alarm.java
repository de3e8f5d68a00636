package io.bingoguard.audit;

import io.bingoguard.audit.alarm.FigureFinding;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody is woken for.
 *
 * @param kind {@code harm}, {@code confidence}, {@code truncation}, {@code errors}, {@code
 *     off_format}, {@code volume}, {@code missing_night}, {@code model_changed} or {@code
 *     no_labels}
 * @param message a sentence for people
 * @param since the night on which it began
 * @param finding the figure; empty for what is not about one
 * @param query SQL that shows the rows to look at; empty where there are none
 */
public record Alarm(
    String kind,
    String message,
    Optional<LocalDate> since,
    Optional<FigureFinding> finding,
    Optional<String> query) {
  public Alarm {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(finding, "finding");
    Objects.requireNonNull(query, "query");
  }
}
