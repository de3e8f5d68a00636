package io.bingoguard.compare;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.compare.count.PairCounts;
import io.bingoguard.compare.count.SideCounts;
import io.bingoguard.table.QueryCompilation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares two label sets of the same content, and holds what changed against a tolerance. */
public final class Comparison {
  private final LabelSet before;
  private final LabelSet after;
  private final ModelIdentity modelBefore;
  private final ModelIdentity modelAfter;
  private final Map<Tolerance, Double> tolerances;

  private Comparison(
      LabelSet before,
      LabelSet after,
      ModelIdentity modelBefore,
      ModelIdentity modelAfter,
      Map<Tolerance, Double> tolerances) {
    this.before = before;
    this.after = after;
    this.modelBefore = modelBefore;
    this.modelAfter = modelAfter;
    this.tolerances = Map.copyOf(tolerances);
  }

  /**
   * Looks at both label sets and changes nothing.
   *
   * @param before the labels that are there
   * @param after the labels that may take their place
   * @param tolerances how much is tolerated, as shares in [0, 1]
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNREADABLE, COMPARE_VERSION_UNKNOWN,
   *     COMPARE_MODEL_UNCLEAR or COMPARE_SAME_LABELS
   */
  public static Comparison prepare(
      SparkSession spark,
      LabelSelection before,
      LabelSelection after,
      Map<Tolerance, Double> tolerances) {
    LabelSet one = LabelSet.of(spark, before);
    LabelSet other = LabelSet.of(spark, after);
    ModelIdentity modelAfter = other.model(Optional.empty());
    ModelIdentity modelBefore =
        one.model(one.isSameTable(other) ? Optional.of(modelAfter) : Optional.empty());
    if (one.isSameTable(other) && modelBefore.equals(modelAfter)) {
      throw CompareErrors.sameLabels(one.path(), one.version(), modelBefore);
    }
    return new Comparison(one, other, modelBefore, modelAfter, tolerances);
  }

  /**
   * Compares.
   *
   * @param busy is told what is being done
   * @throws io.bingoguard.guard.GuardException COMPARE_NOTHING_ALIKE
   */
  public LabelComparison execute(Consumer<String> busy) {
    busy.accept("Looking at the labels");
    Dataset<Row> labelsBefore = before.of(modelBefore);
    Dataset<Row> labelsAfter = after.of(modelAfter);
    // Two sets that are not large may be so together.
    QueryCompilation.onFor(labelsBefore.unionByName(labelsAfter));
    ComparedLabels told = before.told(modelBefore);
    ComparedLabels toldAfter = after.told(modelAfter);
    PairCounts counts = PairCounts.of(labelsBefore, labelsAfter, busy);
    if (counts.coverage().matched() == 0) {
      throw CompareErrors.nothingAlike(before.path(), after.path());
    }
    Map<String, String> names = new TreeMap<>(before.categories());
    names.putAll(after.categories());
    return new LabelComparison(
        told,
        toldAfter,
        counts,
        tolerances,
        Checks.of(tolerances, counts),
        counts.sides().stream()
            .map(SideCounts::side)
            .collect(Collectors.toMap(side -> side, side -> FlipQuery.of(side, told, toldAfter))),
        names);
  }
}
