package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What one night's figure comes to, against one reference.
 *
 * @param seen the night
 * @param comparison with other nights; empty where there are too few of them or of cases
 * @param verdict what it comes to
 * @param since the night on which a change began; empty where nothing speaks for one
 */
public record Finding(
    Observation seen, Optional<Comparison> comparison, Verdict verdict, Optional<LocalDate> since) {
  public Finding {
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(comparison, "comparison");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(since, "since");
  }

  static Finding without(Observation seen, Verdict verdict) {
    return new Finding(seen, Optional.empty(), verdict, Optional.empty());
  }
}
