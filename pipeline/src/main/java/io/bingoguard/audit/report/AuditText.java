package io.bingoguard.audit.report;

import io.bingoguard.audit.Alarm;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Verdict;
import io.bingoguard.page.Numbers;
import java.util.List;

/** An audit as lines for a terminal. */
public final class AuditText {
  private static final int MOST = 20;

  private AuditText() {}

  /** The lines. */
  public static String of(NightAudit audit) {
    StringBuilder text = new StringBuilder();
    audit
        .night()
        .ifPresent(
            night ->
                text.append(
                    "Night %s by %s, %s figures watched%n"
                        .formatted(
                            night,
                            audit.clock().orElseThrow().column(),
                            Numbers.count(audit.findings().size()))));
    text.append("%s%n".formatted(AuditVerdict.of(audit)));
    if (audit.ahead() > 0) {
      text.append(
          "  dated after today, so in no night that is looked at: %s of the exchanges%n"
              .formatted(Numbers.count(audit.ahead())));
    }
    for (Alarm alarm : audit.alarms().stream().limit(MOST).toList()) {
      text.append("%n  ALARM %s: %s%n".formatted(alarm.kind(), alarm.message()));
      alarm.since().ifPresent(since -> text.append("    since %s%n".formatted(since)));
      alarm.query().ifPresent(query -> text.append("    look: %s%n".formatted(query)));
    }
    notShown(text, audit.alarms());
    list(text, audit, "continuing", audit.continuing());
    list(text, audit, "watch", audit.having(Verdict.WATCH));
    return text.toString();
  }

  private static void list(
      StringBuilder text, NightAudit audit, String name, List<FigureFinding> findings) {
    for (FigureFinding finding : findings.stream().limit(MOST).toList()) {
      text.append("  %s: %s%n".formatted(name, audit.words().told(finding)));
    }
    notShown(text, findings);
  }

  private static void notShown(StringBuilder text, List<?> all) {
    if (all.size() > MOST) {
      text.append("  and %d more%n".formatted(all.size() - MOST));
    }
  }
}
