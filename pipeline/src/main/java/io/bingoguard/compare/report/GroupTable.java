package io.bingoguard.compare.report;

import io.bingoguard.compare.count.Group;
import io.bingoguard.compare.count.Groups;
import io.bingoguard.compare.statistic.Interval;
import io.bingoguard.page.Bar;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where verdicts changed, as a table of sources, languages or categories. */
final class GroupTable {
  private static final int MOST_ROWS = 12;
  private static final int MOST_NAME = 120;

  private final Groups groups;
  private final String messages;
  private final Map<String, String> categoryNames;

  GroupTable(Groups groups, String messages, Map<String, String> categoryNames) {
    this.groups = groups;
    this.messages = messages;
    this.categoryNames = categoryNames;
  }

  /**
   * A group.
   *
   * @param name of it
   * @param share of its messages with another verdict
   * @param counts behind that
   * @param ways how many became harmful, and how many harmless or otherwise
   * @param interval where the share lies
   * @param bar the interval with the share as its mark
   * @param word whether it is more than chance
   * @param loud whether it stands out
   */
  record Line(
      String name,
      String share,
      String counts,
      String ways,
      String interval,
      Bar bar,
      String word,
      boolean loud) {}

  String dimension() {
    return groups.dimension();
  }

  String caption() {
    long more = groups.groups() - Math.min(MOST_ROWS, groups.first().size());
    return "%s with another verdict by %s, surest concentrations first; of all %s%s"
        .formatted(
            messages,
            groups.dimension(),
            Figures.percent(groups.flips().value()),
            more > 0 ? "; %s more have none, or are not shown".formatted(Numbers.count(more)) : "");
  }

  List<Line> lines() {
    List<Group> shown = groups.first().stream().limit(MOST_ROWS).toList();
    double most =
        shown.stream().mapToDouble(group -> group.flips().interval().high()).max().orElse(1);
    return shown.stream().map(group -> line(group, most)).toList();
  }

  private Line line(Group group, double most) {
    Interval interval = group.flips().interval();
    return new Line(
        Cut.to(MOST_NAME, name(group)),
        Figures.percent(group.flips().value()),
        Figures.counts(group.flips()),
        ways(group),
        Figures.percent(interval),
        new Bar(interval.low() / most, interval.high() / most, group.flips().value() / most),
        group.beyondChance() ? "\u25B2 more than chance" : "may be chance",
        group.beyondChance());
  }

  private static String ways(Group group) {
    List<String> ways = new ArrayList<>();
    add(ways, group.toHarmful(), "became harmful");
    add(ways, group.toHarmless(), "became harmless");
    long others = group.flips().count() - group.toHarmful() - group.toHarmless();
    add(ways, others, "known on one side only");
    return String.join(", ", ways);
  }

  private static void add(List<String> ways, long count, String way) {
    if (count > 0) {
      ways.add(Numbers.count(count) + " " + way);
    }
  }

  private String name(Group group) {
    String value = group.value().orElse("not given");
    String known = categoryNames.get(value);
    return groups.dimension().equals("category") && known != null ? value + " " + known : value;
  }
}
