package io.bingoguard.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.bingoguard.engine.LoadedModel;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What the codes of the labels table mean, one row a category of a prompt pack. Born with its rows
 * in one commit, for which Delta makes every column nullable; a constraint stands in for that.
 */
public final class CategoriesTable {
  /** Tells for whose labels the rows are without reading them. */
  private static final String ONE_PACK = "one_pack";

  private static final StructType SCHEMA =
      new StructType()
          .add("category_order", IntegerType, true, "Place in the prompt pack, from 1")
          .add("code", StringType, true, "The code, as in the labels table")
          .add("name", StringType, true, "Readable name")
          .add(
              "description",
              StringType,
              true,
              "What each severity level means in the category; null when the prompt pack has no such text")
          .add("of_prompts", BooleanType, true, "Whether a user's message can be given it")
          .add("of_responses", BooleanType, true, "Whether a reply can be given it")
          .add("prompt_pack", StringType, true, "Name, version and SHA-256 of the prompt pack");

  /** What the names of a table's data files begin with. */
  private static final String DATA_FILE = "part-";

  private final SparkSession spark;
  private final PathTable table;
  private final RunStamp stamp;
  private final List<LoadedModel.Category> categories;

  private CategoriesTable(
      SparkSession spark, PathTable table, RunStamp stamp, List<LoadedModel.Category> categories) {
    this.spark = spark;
    this.table = table;
    this.stamp = stamp;
    this.categories = List.copyOf(categories);
  }

  /**
   * The table of an output, which need not exist yet; nothing is read or written.
   *
   * @param stamp of the run that is going to label
   * @param categories of its model
   */
  public static CategoriesTable of(
      SparkSession spark,
      OutputDirectory output,
      RunStamp stamp,
      List<LoadedModel.Category> categories) {
    TableSpec spec =
        new TableSpec(
            "Categories of the labels",
            SCHEMA,
            Map.of(
                ONE_PACK,
                onePack(stamp),
                "all_but_description",
                "category_order >= 1 AND code IS NOT NULL AND name IS NOT NULL"
                    + " AND of_prompts IS NOT NULL AND of_responses IS NOT NULL"),
            List.of(),
            List.of(),
            Map.of());
    return new CategoriesTable(
        spark, new PathTable(spark, output.categories(), spec), stamp, categories);
  }

  /**
   * Refuses a table that could not stand beside the labels; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE when something else is there,
   *     OUTPUT_OTHER_MODEL when it is another pack's and there are labels
   */
  public void refuseUnfit(LabelsTable labels) {
    // Beside a table of labels the files are those of a run that died creating this one.
    boolean output = labels.exists();
    table.refuseUnfit(name -> output && name.startsWith(DATA_FILE));
    if (table.exists() && !hasThisPack() && !labels.isBesideOthers() && !labels.isEmpty()) {
      throw TableErrors.otherModel(table.path(), table.constraint(ONE_PACK), onePack(stamp));
    }
  }

  /**
   * Writes the table if it is not there, or if it is of a pack that has labelled nothing; adds to
   * that of a pack that has.
   *
   * @throws io.bingoguard.guard.GuardException as {@link #refuseUnfit} does: others write too
   */
  public void create(LabelsTable labels) {
    table.create(this::rows);
    if (!hasThisPack()) {
      refuseUnfit(labels);
      Set<String> packs = new LinkedHashSet<>();
      if (!labels.isEmpty()) {
        packs.addAll(packs());
      }
      table.dropConstraint(ONE_PACK);
      if (packs.isEmpty()) {
        table.overwrite(rows());
      } else if (!packs.contains(stamp.model().promptPack())) {
        table.append(rows(), LabelCommit.ofRun(stamp.runId()));
      }
      packs.add(stamp.model().promptPack());
      table.addConstraint(
          ONE_PACK, LabelConstraints.oneOf(packs.stream().map(LabelConstraints::onePack).toList()));
    }
    table.widen();
  }

  private List<String> packs() {
    return table.read().select(LabelRow.PROMPT_PACK).distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private boolean hasThisPack() {
    return LabelConstraints.isOneOf(table.constraint(ONE_PACK), onePack(stamp));
  }

  private static String onePack(RunStamp stamp) {
    return LabelConstraints.onePack(stamp.model().promptPack());
  }

  private Dataset<Row> rows() {
    List<Row> rows =
        categories.stream()
            .map(
                category ->
                    RowFactory.create(
                        category.order(),
                        category.code(),
                        category.name(),
                        category.description().orElse(null),
                        category.ofPrompts(),
                        category.ofResponses(),
                        stamp.model().promptPack()))
            .toList();
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }
}
