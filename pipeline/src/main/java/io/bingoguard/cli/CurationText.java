package io.bingoguard.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.curate.CurationSummary;
import io.bingoguard.curate.PlannedCuration;
import java.util.List;
import java.util.Locale;

/** What rules would do, for people and for programs. */
final class CurationText {
  private static final JsonMapper JSON = new JsonMapper();

  private CurationText() {}

  static String heading(CurationSummary summary, String location) {
    if (summary.parted() == 0 && summary.gone() == 0) {
      return "Nothing new: input, labels and rules are those of the last run.%n".formatted();
    }
    StringBuilder text = new StringBuilder("Curated into %s%n".formatted(location));
    if (!summary.anew().isEmpty()) {
      text.append("All is made anew: %s.%n".formatted(summary.anew()));
    }
    row(text, "files read and written", "%,d of %,d", summary.parted(), summary.files());
    if (summary.gone() > 0) {
      row(text, "files gone", "%,d", summary.gone());
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String format, Object... figures) {
    text.append("  %-22s %s%n".formatted(name, String.format(Locale.ROOT, format, figures)));
  }

  static String planned(List<PlannedCuration> planned) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%nPlan of %,d records; nothing was written%n",
                planned.get(0).records()));
    text.append("  %12s %12s %12s  %s%n".formatted("kept", "removed", "in doubt", "rules"));
    for (PlannedCuration each : planned) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %,12d %,12d %,12d  %s%n",
              each.kept(),
              each.removed(),
              each.unknown(),
              each.rules()));
    }
    return text.append(
            "%nIn doubt: removed for no other reason than that the labels do not tell.%n"
                .formatted())
        .toString();
  }

  static String json(List<PlannedCuration> planned) {
    ArrayNode json = JSON.createArrayNode();
    for (PlannedCuration each : planned) {
      ObjectNode entry = json.addObject();
      entry.put("rules", each.rules());
      entry.put("records", each.records());
      entry.put("kept", each.kept());
      entry.put("removed", each.removed());
      entry.put("in_doubt", each.unknown());
    }
    return json.toPrettyString();
  }
}
