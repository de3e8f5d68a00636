package io.bingoguard.doctor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.engine.DeviceExamination.State;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A report for people, and as JSON for programs. */
public final class DoctorText {
  private static final JsonMapper JSON = new JsonMapper();

  private DoctorText() {}

  /** A table, and a line that counts; a remedy stands below the last check that it is for. */
  public static String of(DoctorReport report) {
    int width =
        Stream.concat(
                report.driver().stream(),
                report.executors().stream().flatMap(executor -> executor.checks().stream()))
            .mapToInt(check -> check.name().length())
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    line(text, "Driver" + (report.master().isEmpty() ? "" : ", master " + report.master()));
    table(text, width, report.driver());
    for (ExecutorReport executor : report.executors()) {
      line(text, "Executor " + executor.executor() + " on " + executor.host());
      table(text, width, executor.checks());
    }
    line(
        text,
        "%d failed, %d warning%s, %d ok"
            .formatted(
                report.count(State.FAILED),
                report.count(State.WARNING),
                report.count(State.WARNING) == 1 ? "" : "s",
                report.count(State.OK)));
    return text.toString();
  }

  private static void table(StringBuilder text, int width, List<Check> checks) {
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      String name = check.name() + " ".repeat(width - check.name().length());
      line(text, "  %-7s  %s  %s".formatted(key(check.status()), name, check.seen()));
      boolean saidBelow =
          i + 1 < checks.size() && checks.get(i + 1).remedy().equals(check.remedy());
      if (!check.remedy().isEmpty() && !saidBelow) {
        line(text, " ".repeat(width + 13) + "Remedy: " + check.remedy());
      }
    }
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }

  /** The same as one JSON object. */
  public static String json(DoctorReport report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("status", key(report.status()));
    node.put("master", report.master());
    checks(node.putArray("driver"), report.driver());
    ArrayNode executors = node.putArray("executors");
    for (ExecutorReport executor : report.executors()) {
      ObjectNode entry =
          executors.addObject().put("executor", executor.executor()).put("host", executor.host());
      checks(entry.putArray("checks"), executor.checks());
    }
    return node.toPrettyString();
  }

  private static void checks(ArrayNode array, List<Check> checks) {
    for (Check check : checks) {
      array
          .addObject()
          .put("name", check.name())
          .put("status", key(check.status()))
          .put("seen", check.seen())
          .put("remedy", check.remedy());
    }
  }

  private static String key(State status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
