package io.bingoguard.compare.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.compare.Check;
import io.bingoguard.compare.ComparedLabels;
import io.bingoguard.compare.Decision;
import io.bingoguard.compare.LabelComparison;
import io.bingoguard.compare.count.Coverage;
import io.bingoguard.compare.count.Flip;
import io.bingoguard.compare.count.Group;
import io.bingoguard.compare.count.Groups;
import io.bingoguard.compare.count.Shifts;
import io.bingoguard.compare.count.SideCounts;
import io.bingoguard.compare.count.Transitions;
import io.bingoguard.compare.statistic.Interval;
import io.bingoguard.compare.statistic.PairedTable;
import io.bingoguard.compare.statistic.Share;

/** A comparison for programs; the schema is in pipeline/README.md. */
public final class ComparisonJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ComparisonJson() {}

  /** The JSON. */
  public static String of(LabelComparison comparison) {
    ObjectNode json = JSON.createObjectNode();
    json.put("schema", 1);
    json.put("decision", comparison.decision().map(Decision::key).orElse(null));
    json.put("verdict", ComparisonVerdict.of(comparison));
    ArrayNode checks = json.putArray("checks");
    comparison.checks().forEach(check -> add(checks.addObject(), check));
    add(json.putObject("before"), comparison.before());
    add(json.putObject("after"), comparison.after());
    ArrayNode differing = json.putArray("differing_settings");
    comparison.differingSettings().forEach(differing::add);
    add(json.putObject("coverage"), comparison.counts().coverage());
    ArrayNode sides = json.putArray("sides");
    for (SideCounts side : comparison.counts().sides()) {
      ObjectNode entry = sides.addObject();
      add(entry, side);
      entry.put("query", comparison.queries().get(side.side()));
    }
    return json.toPrettyString();
  }

  private static void add(ObjectNode json, Check check) {
    json.put("tolerance", check.tolerance().key());
    json.put("side", check.side());
    json.put("limit", check.limit());
    if (check.seen().isPresent()) {
      json.put("seen", check.seen().getAsDouble());
      add(json, check.interval());
    } else {
      json.putNull("seen").putNull("low").putNull("high");
    }
    json.put("decision", check.decision().key());
  }

  private static void add(ObjectNode json, Interval interval) {
    json.put("low", interval.low());
    json.put("high", interval.high());
  }

  private static void add(ObjectNode json, ComparedLabels labels) {
    json.put("output", labels.output());
    json.put("version", labels.version());
    json.put("model_id", labels.model().id());
    json.put("model_revision", labels.model().revision());
    json.put("prompt_pack", labels.model().promptPack());
    json.put("run_id", labels.run().orElse(null));
    json.put("labels", labels.count());
    json.put("source_deleted", labels.deleted());
    ObjectNode settings = json.putObject("settings");
    labels.settings().forEach(settings::put);
  }

  private static void add(ObjectNode json, Coverage coverage) {
    json.put("matched", coverage.matched());
    json.put("repeated", coverage.repeated());
    json.put("other_content", coverage.otherContent());
    json.put("only_before", coverage.onlyBefore());
    json.put("only_after", coverage.onlyAfter());
  }

  private static void add(ObjectNode json, SideCounts side) {
    json.put("side", side.side());
    json.put("messages", side.messages());
    add(json.putObject("flips"), side.flipped());
    add(json.putArray("verdicts"), side.verdicts());
    add(json.putObject("harmful"), side.harmful());
    ObjectNode category = json.putObject("category");
    add(category, side.recategorized());
    add(category.putArray("categories"), side.categories());
    ObjectNode severity = json.putObject("severity");
    add(severity, side.regraded());
    add(severity.putArray("levels"), side.severities());
    add(json.putObject("probability"), side.shifts());
    ArrayNode groups = json.putArray("concentration");
    side.groups().forEach(each -> add(groups.addObject(), each));
    ArrayNode flips = json.putArray("look_first");
    side.flips().forEach(flip -> add(flips.addObject(), flip));
  }

  private static void add(ObjectNode json, Share share) {
    json.put("count", share.count());
    json.put("out_of", share.outOf());
    json.put("share", share.value());
    json.put("design_effect", share.designEffect());
    add(json, share.interval());
  }

  private static void add(ArrayNode json, Transitions transitions) {
    for (Transitions.Transition each : transitions.cells()) {
      ObjectNode entry = json.addObject();
      entry.put("before", each.before());
      entry.put("after", each.after());
      entry.put("count", each.count());
    }
  }

  private static void add(ObjectNode json, PairedTable table) {
    json.put("out_of", table.cases());
    json.put("before", table.before().count());
    json.put("after", table.after().count());
    json.put("gained", table.gained());
    json.put("lost", table.lost());
    json.put("difference", table.difference());
    json.put("design_effect", table.designEffect());
    add(json, table.interval());
    json.put("mcnemar_p", table.mcNemar().p());
    json.put("mcnemar_exact", table.mcNemar().exact());
  }

  private static void add(ObjectNode json, Shifts shifts) {
    json.put("messages", shifts.messages());
    json.put("mean", shifts.mean());
    json.put("mean_size", shifts.meanSize());
    ArrayNode quantiles = json.putArray("quantiles");
    for (int place = 0; place < shifts.quantiles().size(); place++) {
      ObjectNode entry = quantiles.addObject();
      entry.put("level", Shifts.LEVELS.get(place));
      entry.put("shift", shifts.quantiles().get(place));
    }
    ArrayNode histogram = json.putArray("histogram");
    for (int place = 0; place < shifts.histogram().size(); place++) {
      ObjectNode entry = histogram.addObject();
      entry.put("from", Shifts.EDGES.get(place));
      entry.put("to", Shifts.EDGES.get(place + 1));
      entry.put("count", shifts.histogram().get(place));
    }
  }

  private static void add(ObjectNode json, Groups groups) {
    json.put("dimension", groups.dimension());
    json.put("groups", groups.groups());
    add(json, groups.flips());
    ArrayNode first = json.putArray("first");
    for (Group group : groups.first()) {
      ObjectNode entry = first.addObject();
      entry.put("value", group.value().orElse(null));
      add(entry, group.flips());
      entry.put("to_harmful", group.toHarmful());
      entry.put("to_harmless", group.toHarmless());
      entry.put("p", group.chance());
      entry.put("beyond_chance", group.beyondChance());
    }
  }

  private static void add(ObjectNode json, Flip flip) {
    json.put("conversation_id", flip.conversation());
    json.put("turn_index", flip.turn());
    json.put("source", flip.source().orElse(null));
    add(json.putObject("before"), flip.before());
    add(json.putObject("after"), flip.after());
  }

  private static void add(ObjectNode json, Flip.Judgement judgement) {
    json.put("verdict", judgement.verdict());
    json.put("probability", judgement.probability().orElse(null));
    json.put("category", judgement.category().orElse(null));
  }
}
