package io.bingoguard.audit.report;

import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Verdict;
import java.util.List;
import java.util.Optional;

/** The night in one sentence. */
final class AuditVerdict {
  private AuditVerdict() {}

  static String of(NightAudit audit) {
    int alarms = audit.alarms().size();
    if (alarms > 0) {
      String first = audit.alarms().get(0).message();
      return alarms == 1
          ? "Act: " + first
          : "Act: %s And %d more alarm%s.".formatted(first, alarms - 1, alarms == 2 ? "" : "s");
    }
    if (!audit.continuing().isEmpty()) {
      return "Nothing new: what was told before goes on, %s."
          .formatted(audit.words().told(audit.continuing().get(0)));
    }
    List<FigureFinding> watched = audit.having(Verdict.WATCH);
    String calm =
        headline(audit)
            .map(finding -> "Nothing to act on: %s.".formatted(audit.words().told(finding)))
            .orElse("Nothing to act on.");
    return watched.isEmpty()
        ? calm
        : calm + " %d figure%s to watch.".formatted(watched.size(), watched.size() == 1 ? "" : "s");
  }

  /** The rate of harm among replies, or among prompts where there are no replies. */
  static Optional<FigureFinding> headline(NightAudit audit) {
    return List.of("response", "prompt").stream()
        .map(side -> Figure.ofAll(Measure.HARMFUL, side))
        .flatMap(figure -> audit.findings().stream().filter(one -> one.figure().equals(figure)))
        .filter(one -> one.window().seen().outOf() > 0)
        .findFirst();
  }
}
