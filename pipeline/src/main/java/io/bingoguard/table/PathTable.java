package io.bingoguard.table;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A Delta table known by its path: created in one commit, constraints included. */
final class PathTable {
  private static final String CONSTRAINT_PROPERTY = "delta.constraints.";
  private static final String LOG = "_delta_log";
  private static final int CREATE_ATTEMPTS = 3;

  private final SparkSession spark;
  private final String path;
  private final TableSpec spec;

  PathTable(SparkSession spark, String path, TableSpec spec) {
    this.spark = spark;
    this.path = path;
    this.spec = spec;
  }

  /** Refuses a table of other columns, and files that are no table; changes nothing. */
  void refuseUnfit() {
    if (exists()) {
      refuseOtherColumns(spec.columns());
    } else {
      refuseForeignFiles();
    }
  }

  /** Creates the table if nothing is there; several drivers may do so at once. */
  void create() {
    if (!exists()) {
      createNew();
    }
    refuseOtherColumns(spec.columns());
  }

  String path() {
    return path;
  }

  Dataset<Row> read() {
    return spark.read().format("delta").load(path);
  }

  /** Appends in one commit. A key that was committed before is skipped without evaluating rows. */
  void append(Dataset<Row> rows, CommitKey key) {
    rows.write()
        .format("delta")
        .mode("append")
        .option("txnAppId", key.appId())
        .option("txnVersion", key.version())
        .option("userMetadata", key.userMetadata())
        .save(path);
  }

  /**
   * The condition of a CHECK constraint, or an empty string when the table has none of the name.
   */
  String constraint(String name) {
    // Answered from the table's metadata; DeltaTable.detail reads the log in jobs of its own.
    return spark.sql("SHOW TBLPROPERTIES " + quoted()).collectAsList().stream()
        .filter(property -> property.getString(0).equals(CONSTRAINT_PROPERTY + name))
        .map(property -> property.getString(1))
        .findFirst()
        .orElse("");
  }

  private String quoted() {
    return "delta.`%s`".formatted(path.replace("`", "``"));
  }

  void replaceConstraint(String name, String condition) {
    spark.sql("ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s".formatted(quoted(), name));
    spark.sql("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s)".formatted(quoted(), name, condition));
  }

  boolean exists() {
    return DeltaTable.isDeltaTable(spark, path);
  }

  private void refuseForeignFiles() {
    try {
      Path directory = new Path(path);
      FileSystem files = directory.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(directory)) {
        return;
      }
      // A log folder without a commit is a table that another driver is creating, or died creating.
      for (FileStatus entry : files.listStatus(directory)) {
        if (!entry.getPath().getName().equals(LOG) && !exists()) {
          throw TableErrors.notDelta(path);
        }
      }
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(path, e);
    }
  }

  /**
   * Another driver may be creating the same table: Delta then fails in one of several ways, before
   * or after the other's commit can be seen. Its columns are checked like any table's.
   */
  private void createNew() {
    for (int attempt = 1; ; attempt++) {
      try {
        builder().execute();
        return;
      } catch (Exception e) {
        // Delta's analysis errors are checked exceptions that its methods do not declare.
        if (exists()) {
          return;
        }
        if (attempt == CREATE_ATTEMPTS) {
          throw TableErrors.tableNotCreated(path, e);
        }
        if (attempt == CREATE_ATTEMPTS - 1) {
          dropLogWithoutCommit();
        }
      }
    }
  }

  /**
   * A driver that died creating the table leaves a log without a commit, which Delta takes neither
   * for a table nor for a place to create one. Nothing that is visible is deleted.
   */
  private void dropLogWithoutCommit() {
    try {
      Path log = new Path(path, LOG);
      FileSystem files = log.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(log)) {
        return;
      }
      FileStatus[] entries = files.listStatus(log);
      if (Arrays.stream(entries).allMatch(entry -> entry.getPath().getName().startsWith("."))) {
        for (FileStatus unfinished : entries) {
          files.delete(unfinished.getPath(), false);
        }
        files.delete(log, false);
      }
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(path, e);
    }
  }

  private DeltaTableBuilder builder() {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path)
            .comment(spec.comment())
            .addColumns(spec.columns())
            .property("delta.enableChangeDataFeed", "true");
    spec.constraints()
        .forEach((name, condition) -> builder.property(CONSTRAINT_PROPERTY + name, condition));
    if (!spec.clusterBy().isEmpty()) {
      builder.clusterBy(spec.clusterBy().toArray(String[]::new));
    }
    return builder;
  }

  private void refuseOtherColumns(StructType expected) {
    Set<String> seen = columns(read().schema());
    Set<String> wanted = columns(expected);
    if (!seen.equals(wanted)) {
      throw TableErrors.otherColumns(
          path,
          Stream.of(named("missing", minus(wanted, seen)), named("unknown", minus(seen, wanted)))
              .flatMap(Optional::stream)
              .collect(Collectors.joining(", ")));
    }
  }

  private static Optional<String> named(String what, Set<String> columns) {
    return columns.isEmpty() ? Optional.empty() : Optional.of(what + " " + columns);
  }

  private static Set<String> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> minus(Set<String> all, Set<String> without) {
    Set<String> rest = new LinkedHashSet<>(all);
    rest.removeAll(without);
    return rest;
  }
}
