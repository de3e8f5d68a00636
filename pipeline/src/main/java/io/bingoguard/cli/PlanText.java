package io.bingoguard.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.engine.EngineReport;
import io.bingoguard.label.LabelPlan;
import io.bingoguard.progress.DurationText;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What labelling would take, for people and for programs. */
final class PlanText {
  private static final String ROW = "  %-22s %s%n";
  private static final JsonMapper JSON = new JsonMapper();

  private PlanText() {}

  static String of(LabelPlan plan) {
    StringBuilder text = new StringBuilder("%nPlan; nothing was written%n".formatted());
    row(text, "conversations", count(plan.conversations(), ""));
    row(
        text,
        "exchanges",
        count(plan.exchanges(), plan.whole() ? "" : "about ")
            + format(
                ", %.1f a conversation%s",
                plan.exchangesPerConversation(),
                plan.whole()
                    ? ""
                    : format(" in the first %,d exchanges", plan.sampledExchanges())));
    row(
        text,
        "input tokens",
        count(plan.totalTokens(), plan.allJudged() ? "" : "about ")
            + format(
                ", %,.0f an exchange in %,d that were tried",
                plan.tokensPerExchange(), plan.judged()));
    if (plan.errors() > 0) {
      row(
          text,
          "errors",
          format(
              "%,d of %,d exchanges that were tried cannot be judged",
              plan.errors(), plan.judged()));
    }
    row(
        text,
        "speed",
        format(
            "%.1f exchanges a second on %s",
            plan.exchangesPerSecond(),
            plan.engines().stream().map(PlanText::device).collect(Collectors.joining(", "))));
    row(text, "time", time(plan));
    return text.append(
            "%nAll of the input is counted, whether or not an earlier run labelled a part of it.%n"
                .formatted())
        .toString();
  }

  private static String time(LabelPlan plan) {
    if (plan.totalSeconds().isEmpty()) {
      return plan.exchangesPerSecond() > 0
          ? format(
              "about %s for 100,000 exchanges",
              DurationText.of(100_000 / plan.exchangesPerSecond()))
          : "unknown: nothing could be tried";
    }
    return "about "
        + DurationText.of(plan.totalSeconds().getAsDouble())
        + " for all, once it has started";
  }

  private static String device(EngineReport engine) {
    return "%s %s %s".formatted(engine.host(), engine.device(), engine.precision());
  }

  private static String count(OptionalLong count, String about) {
    return count.isPresent()
        ? format("%s%,d", about, count.getAsLong())
        : "not counted: that would mean to read a large amount of text twice";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append(ROW.formatted(name, value));
  }

  static String json(LabelPlan plan) {
    ObjectNode json = JSON.createObjectNode();
    plan.conversations().ifPresent(count -> json.put("conversations", count));
    plan.exchanges().ifPresent(count -> json.put("exchanges", count));
    json.put("exchanges_counted", plan.whole());
    json.put("exchanges_per_conversation", plan.exchangesPerConversation());
    plan.totalTokens().ifPresent(count -> json.put("input_tokens", count));
    json.put("tokens_per_exchange", plan.tokensPerExchange());
    json.put("exchanges_tried", plan.judged());
    json.put("errors_tried", plan.errors());
    json.put("exchanges_per_second", plan.exchangesPerSecond());
    plan.totalSeconds().ifPresent(seconds -> json.put("seconds", seconds));
    return json.toPrettyString();
  }
}
