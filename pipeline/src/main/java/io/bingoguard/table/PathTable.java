package io.bingoguard.table;

import io.bingoguard.guard.GuardException;
import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaHistoryManager;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.JavaConverters;

/** A Delta table known by its path: created in one commit, constraints included. */
final class PathTable {
  private static final Logger LOG = LoggerFactory.getLogger(PathTable.class);
  private static final int ATTEMPTS = 8;
  private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

  private final SparkSession spark;
  private final String path;
  private final TableSpec spec;
  private final TableCreation creation;

  PathTable(SparkSession spark, String path, TableSpec spec) {
    this.spark = spark;
    this.path = path;
    this.spec = spec;
    this.creation = new TableCreation(spark, path, spec);
  }

  /** Refuses a table that cannot be written or widened, and files that are no table. */
  void refuseUnfit() {
    refuseUnfit(name -> false);
  }

  /**
   * The same.
   *
   * @param unfinished names of files that a run left which died before it could commit them; no
   *     table shows these
   */
  void refuseUnfit(Predicate<String> unfinished) {
    try {
      if (exists()) {
        refuseOtherColumns();
      } else {
        creation.refuseForeignFiles(unfinished);
      }
    } catch (GuardException e) {
      throw e;
    } catch (Exception e) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw TableErrors.tableBroken(path, e);
    }
  }

  /** Creates the table if nothing is there; several drivers may do so at once. */
  void create() {
    create(creation::ofNoRows);
  }

  /** Creates the table with its first rows, in one commit, if nothing is there. */
  void create(Supplier<Dataset<Row>> rows) {
    create(() -> creation.of(rows.get()));
  }

  private void create(Runnable how) {
    if (!exists()) {
      creation.run(how);
    }
    refuseOtherColumns();
  }

  /** Adds the columns that the table lacks, null in its rows; several drivers may do so at once. */
  void widen() {
    change(
        () -> difference().addable().isEmpty(),
        () -> addColumns(difference().addable()),
        e -> TableErrors.tableNotWidened(path, difference().addable().keySet(), e));
  }

  /**
   * Replaces a constraint of an older build that refuses what this one writes; several drivers may
   * do so at once.
   *
   * @param allows whether a condition is none that refuses it
   */
  void loosen(String name, String condition, Predicate<String> allows) {
    change(
        () -> allows.test(constraint(name)),
        () -> replaceConstraint(name, condition),
        e -> TableErrors.tableNotWidened(path, List.of(name), e));
  }

  private static void change(
      BooleanSupplier done, Runnable change, Function<Exception, GuardException> failure) {
    for (int attempt = 1; attempt <= ATTEMPTS && !done.getAsBoolean(); attempt++) {
      try {
        change.run();
      } catch (Exception e) {
        // Delta's analysis errors are checked exceptions that its methods do not declare.
        if (attempt == ATTEMPTS && !done.getAsBoolean()) {
          throw failure.apply(e);
        }
      }
    }
  }

  String path() {
    return path;
  }

  Dataset<Row> read() {
    return spark.read().format("delta").load(path);
  }

  /**
   * Appends in one commit, unless a commit of the same writer had this number or a greater one:
   * then nothing is evaluated or written. Of two at once Delta refuses the second. Rows are put
   * together into few files, however many partitions they come from.
   */
  void append(Dataset<Row> rows, String writer, long number, String userMetadata) {
    rows.write()
        .format("delta")
        .mode("append")
        .option("optimizeWrite", true)
        .option("txnAppId", writer)
        .option("txnVersion", number)
        .option("userMetadata", userMetadata)
        .save(path);
  }

  /** Appends in one commit, whatever was committed before. */
  void append(Dataset<Row> rows, String userMetadata) {
    rows.write().format("delta").mode("append").option("userMetadata", userMetadata).save(path);
  }

  /** Puts rows in the place of those that fit a condition, as they do too, in one commit. */
  void replace(Dataset<Row> rows, String condition, String userMetadata) {
    rows.write()
        .format("delta")
        .mode("overwrite")
        .option("replaceWhere", condition)
        .option("userMetadata", userMetadata)
        .save(path);
  }

  /** Changes columns of the rows that fit a condition. */
  void update(Column condition, Map<String, Column> values) {
    DeltaTable.forPath(spark, path).update(condition, values);
  }

  /**
   * Deletes the rows that have a key and fit a condition.
   *
   * @param keys distinct values of some columns, null counting as a value
   * @param condition on other columns
   */
  void delete(Dataset<Row> keys, Column condition, String userMetadata) {
    saying(userMetadata, () -> matching(keys).whenMatched(condition).delete().execute());
  }

  /**
   * Changes columns of the rows that have a key.
   *
   * @param keys distinct values of some columns, null counting as a value
   */
  void update(Dataset<Row> keys, Map<String, Column> values, String userMetadata) {
    saying(userMetadata, () -> matching(keys).whenMatched().update(values).execute());
  }

  private DeltaMergeBuilder matching(Dataset<Row> keys) {
    Column same = functions.lit(true);
    for (String column : keys.columns()) {
      same = same.and(functions.col("t." + column).eqNullSafe(functions.col("k." + column)));
    }
    return DeltaTable.forPath(spark, path).as("t").merge(keys.as("k"), same);
  }

  /** For what Delta takes no user metadata as an option. */
  private void saying(String userMetadata, Runnable commit) {
    spark.conf().set(USER_METADATA, userMetadata);
    try {
      commit.run();
    } finally {
      spark.conf().unset(USER_METADATA);
    }
  }

  /** Lets a column be null from now on. */
  void allowNull(String column) {
    spark.sql(
        "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL".formatted(SqlText.table(path), column));
  }

  /** Puts these rows in the place of all others, in one commit. */
  void overwrite(Dataset<Row> rows) {
    rows.write().format("delta").mode("overwrite").save(path);
  }

  /**
   * The condition of a CHECK constraint, or an empty string when the table has none of the name.
   */
  String constraint(String name) {
    return property(TableSpec.CONSTRAINT + name);
  }

  /** A property of the table, or an empty string when it has none of the name. */
  String property(String name) {
    // The metadata of the newest commit has it; SHOW TBLPROPERTIES and DeltaTable.detail would read
    // all of the log, in jobs of their own.
    return newest().metadata().configuration().getOrElse(name, () -> "");
  }

  /** What tells the table from every other, a copy of it excepted. */
  String id() {
    return newest().metadata().id();
  }

  /** The newest version. */
  long version() {
    return newest().version();
  }

  /**
   * What tells the commit of a version from that of another table which has come into this one's
   * place; empty where the log no longer tells.
   */
  String commitId(long version) {
    try {
      return new CommitLog(path, spark.sessionState().newHadoopConf()).id(version);
    } catch (IOException e) {
      throw TableErrors.tableBroken(path, e);
    }
  }

  /** The newest version that was committed before a moment; -1 where the log has none. */
  long versionBefore(Instant moment) {
    DeltaHistoryManager.Commit last =
        DeltaLog.forTable(spark, path)
            .history()
            .getActiveCommitAtTime(Timestamp.from(moment.minusMillis(1)), true, false, true);
    return last.timestamp() < moment.toEpochMilli() ? last.version() : -1;
  }

  /** The commits from a version on that the log still has. */
  List<Commit> commits(long first) {
    try {
      return new CommitLog(path, spark.sessionState().newHadoopConf()).read(first, version());
    } catch (IOException e) {
      throw TableErrors.tableBroken(path, e);
    }
  }

  private Snapshot newest() {
    return DeltaLog.forTableWithSnapshot(spark, path)._2();
  }

  void setProperty(String name, String value) {
    setProperties(Map.of(name, value));
  }

  /** Sets properties in one commit. */
  void setProperties(Map<String, String> properties) {
    String all =
        properties.entrySet().stream()
            .map(one -> SqlText.literal(one.getKey()) + " = " + SqlText.literal(one.getValue()))
            .collect(Collectors.joining(", "));
    spark.sql("ALTER TABLE %s SET TBLPROPERTIES (%s)".formatted(SqlText.table(path), all));
  }

  /**
   * Puts a constraint in the place of another, or of none, in one commit: at no moment is the table
   * without, and of several drivers one makes it and the others find it. The rows that are there
   * are not looked at; they have to fit.
   */
  void replaceConstraint(String name, String condition) {
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, path).startTransaction(Option.empty(), Option.empty());
    Metadata now = transaction.metadata();
    transaction.updateMetadata(
        now.copy(
            now.id(),
            now.name(),
            now.description(),
            now.format(),
            now.schemaString(),
            now.partitionColumns(),
            now.configuration().updated(TableSpec.CONSTRAINT + name, condition),
            now.createdTime()),
        false);
    transaction.commit(
        JavaConverters.asScalaBuffer(List.<Action>of()).toSeq(),
        new DeltaOperations.AddConstraint(name, condition));
  }

  void dropConstraint(String name) {
    spark.sql("ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s".formatted(SqlText.table(path), name));
  }

  void addConstraint(String name, String condition) {
    spark.sql(
        "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s)"
            .formatted(SqlText.table(path), name, condition));
  }

  /** Deletes the table with its log. */
  void delete() {
    try {
      Path directory = new Path(path);
      directory.getFileSystem(spark.sessionState().newHadoopConf()).delete(directory, true);
      DeltaLog.invalidateCache(spark, directory);
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(path, e);
    }
  }

  boolean exists() {
    return DeltaTable.isDeltaTable(spark, path);
  }

  private void addColumns(Map<String, StructField> columns) {
    String definitions =
        columns.entrySet().stream()
            .map(column -> definition(column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    spark.sql("ALTER TABLE %s ADD COLUMNS (%s)".formatted(SqlText.table(path), definitions));
    LOG.info("Table {} got the columns {}, which are null in its rows", path, columns.keySet());
  }

  private static String definition(String column, StructField field) {
    return "%s %s COMMENT %s"
        .formatted(
            column,
            field.dataType().sql(),
            SqlText.literal(field.getComment().getOrElse(() -> "")));
  }

  private ColumnDifference difference() {
    return ColumnDifference.between(read().schema(), spec.columns());
  }

  private void refuseOtherColumns() {
    ColumnDifference difference = difference();
    if (!difference.retyped().isEmpty() || !difference.missing().isEmpty()) {
      throw TableErrors.otherColumns(path, difference);
    }
    List<String> newer = new ArrayList<>(difference.unknown());
    newer.removeAll(spec.optional().keySet());
    if (!newer.isEmpty()) {
      throw TableErrors.newerColumns(path, newer);
    }
    difference.unknown().stream()
        .findFirst()
        .ifPresent(
            column -> {
              throw TableErrors.optionLeftOut(
                  path, difference.unknown(), spec.optional().get(column));
            });
  }
}
