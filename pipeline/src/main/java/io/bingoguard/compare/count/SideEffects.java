package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many messages tell as much as one that is independent of all others.
 *
 * @param flips of whether the verdict is another
 * @param harmful of how the share of harmful messages moved
 * @param category of whether the category is another
 * @param severity of whether the severity is another
 */
public record SideEffects(double flips, double harmful, double category, double severity) {
  /** Of messages that are independent of each other. */
  public static final SideEffects NONE = new SideEffects(1, 1, 1, 1);

  /** Those of each side. */
  static Map<String, SideEffects> of(Dataset<Row> messages) {
    String unknown = VerdictState.UNKNOWN.key();
    Column before = col(Messages.VERDICT_BEFORE);
    Column after = col(Messages.VERDICT_AFTER);
    Column either = not(before.equalTo(unknown).and(after.equalTo(unknown)));
    Column both = before.notEqual(unknown).and(after.notEqual(unknown));
    Map<String, SideEffects> sides = new HashMap<>();
    DesignEffect.of(
            messages,
            List.of(
                when(either, number(col(Messages.FLIPPED))),
                when(both, number(isHarmful(after)).minus(number(isHarmful(before)))),
                number(col(Messages.CATEGORY_BEFORE).notEqual(col(Messages.CATEGORY_AFTER))),
                number(col(Messages.SEVERITY_BEFORE).notEqual(col(Messages.SEVERITY_AFTER)))))
        .forEach(
            (side, effects) ->
                sides.put(
                    side,
                    new SideEffects(
                        effects.get(0), effects.get(1), effects.get(2), effects.get(3))));
    return sides;
  }

  private static Column isHarmful(Column verdict) {
    return verdict.equalTo(VerdictState.HARMFUL.key());
  }

  private static Column number(Column condition) {
    return condition.cast("int");
  }
}
