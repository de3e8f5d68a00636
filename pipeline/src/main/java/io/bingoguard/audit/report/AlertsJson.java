package io.bingoguard.audit.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.audit.Alarm;
import io.bingoguard.audit.FigureWords;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.FigureFinding;
import java.time.LocalDate;
import java.util.Optional;

/** An audit's alarms for programs; the schema is in pipeline/README.md. */
public final class AlertsJson {
  private static final JsonMapper JSON = new JsonMapper();

  private AlertsJson() {}

  /** The JSON. */
  public static String of(NightAudit audit) {
    ObjectNode json = JSON.createObjectNode();
    json.put("schema", 1);
    json.put("output", audit.output());
    json.put("night", audit.night().map(LocalDate::toString).orElse(null));
    json.put("clock", audit.clock().map(clock -> clock.column()).orElse(null));
    json.put("exchanges_ahead", audit.ahead());
    json.put("verdict", AuditVerdict.of(audit));
    json.put("nights_to_false_alarm", audit.settings().thresholds().nightsToFalseAlarm());
    json.put("figures_watched", audit.findings().size());
    ArrayNode alarms = json.putArray("alarms");
    for (Alarm alarm : audit.alarms()) {
      ObjectNode entry = alarms.addObject();
      entry.put("kind", alarm.kind());
      entry.put("message", alarm.message());
      entry.put("since", alarm.since().map(LocalDate::toString).orElse(null));
      entry.put("query", alarm.query().orElse(null));
      alarm
          .finding()
          .ifPresentOrElse(
              finding -> entry.set("figure", figure(audit, finding)),
              () -> entry.putNull("figure"));
    }
    ArrayNode continuing = json.putArray("continuing");
    for (FigureFinding finding : audit.continuing()) {
      ObjectNode entry = figure(audit, finding);
      entry.put("since", finding.window().since().map(LocalDate::toString).orElse(null));
      continuing.add(entry);
    }
    return json.toPrettyString();
  }

  private static ObjectNode figure(NightAudit audit, FigureFinding finding) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", audit.words().named(finding.figure()));
    json.put("measure", finding.figure().measure().key());
    json.put("side", finding.figure().side());
    json.put("dimension", finding.figure().dimension());
    json.put("value", finding.figure().value().orElse(null));
    json.put("seen", finding.window().seen().seen());
    json.put("out_of", finding.window().seen().outOf());
    json.put("figure", FigureWords.figure(finding));
    finding
        .window()
        .comparison()
        .ifPresent(
            usual -> {
              json.put("usual", usual.usual());
              json.put("low", usual.low());
              json.put("high", usual.high());
              Optional<Double> relative = usual.relative(FigureWords.figure(finding));
              json.put("relative_change", relative.orElse(null));
              json.put("absolute_change", FigureWords.figure(finding) - usual.usual());
              json.put("evidence", usual.evidence());
              json.put("evidence_needed", audit.evidenceNeeded());
              json.put("nights", usual.nights());
            });
    return json;
  }
}
