package io.bingoguard.evaluate.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.evaluate.EvaluatedSide;
import io.bingoguard.evaluate.Judged;
import io.bingoguard.evaluate.dataset.GoldCase;
import java.util.List;
import java.util.OptionalInt;

/**
 * Gold labels and judgements, one JSON object a case and no text, so that others can compute the
 * figures again. What is unknown is left out.
 */
public final class ScoresFile {
  private static final JsonMapper JSON = new JsonMapper();

  private ScoresFile() {}

  /** The file's text. */
  public static String of(List<GoldCase> cases, List<Judged> judged) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cases.size(); i++) {
      text.append(line(i, cases.get(i), judged.get(i))).append('\n');
    }
    return text.toString();
  }

  private static ObjectNode line(int number, GoldCase one, Judged said) {
    ObjectNode line = JSON.createObjectNode();
    line.put("case", number);
    one.group().ifPresent(group -> line.put("group", group));
    for (EvaluatedSide side : EvaluatedSide.values()) {
      side(line, side, one, said);
    }
    one.category().ifPresent(code -> line.put("gold_category", code));
    put(line, "gold_severity", one.severity());
    put(line, "severity", said.severity());
    put(line, "severity_in_gold_category", said.severityInGoldCategory());
    line.put("status", said.label().status().key());
    return line;
  }

  private static void side(ObjectNode line, EvaluatedSide side, GoldCase one, Judged said) {
    if (side.gold(one).isEmpty()) {
      return;
    }
    line.put("gold_" + side.key() + "_harmful", side.gold(one).get());
    said.harmful(side).ifPresent(harmful -> line.put(side.key() + "_harmful", harmful));
    said.probability(side).ifPresent(p -> line.put(side.key() + "_probability", p));
    said.category(side).ifPresent(code -> line.put(side.key() + "_category", code));
  }

  private static void put(ObjectNode line, String name, OptionalInt value) {
    value.ifPresent(level -> line.put(name, level));
  }
}
