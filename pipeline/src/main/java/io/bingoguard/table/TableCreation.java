package io.bingoguard.table;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Creates a table at a path, in one commit, where others may be creating it too. */
final class TableCreation {
  private static final String DELTA_LOG = "_delta_log";
  private static final int ATTEMPTS = 3;

  private final SparkSession spark;
  private final String path;
  private final TableSpec spec;

  TableCreation(SparkSession spark, String path, TableSpec spec) {
    this.spark = spark;
    this.path = path;
    this.spec = spec;
  }

  void ofNoRows() {
    builder().execute();
  }

  void of(Dataset<Row> rows) {
    DataFrameWriter<Row> writer = rows.write().format("delta").mode("errorifexists");
    spec.properties().forEach(writer::option);
    writer.save(path);
  }

  private boolean exists() {
    return DeltaTable.isDeltaTable(spark, path);
  }

  /** Refuses files that are no table. */
  void refuseForeignFiles(Predicate<String> unfinished) {
    try {
      Path directory = new Path(path);
      FileSystem files = directory.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(directory)) {
        return;
      }
      // A log folder without a commit is a table that another driver is creating, or died creating.
      for (FileStatus entry : files.listStatus(directory)) {
        String name = entry.getPath().getName();
        if (!name.equals(DELTA_LOG) && !unfinished.test(name) && !exists()) {
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
  void run(Runnable creation) {
    for (int attempt = 1; ; attempt++) {
      try {
        creation.run();
        return;
      } catch (Exception e) {
        // Delta's analysis errors are checked exceptions that its methods do not declare.
        if (exists()) {
          return;
        }
        if (attempt == ATTEMPTS) {
          throw TableErrors.tableNotCreated(path, e);
        }
        if (attempt == ATTEMPTS - 1) {
          dropLogWithoutCommit();
        }
      }
    }
  }

  /**
   * A driver that died creating the table leaves a log without a commit, which Delta takes neither
   * for a table nor for a place to create one. Nothing that is visible is deleted but the empty
   * folder that Delta makes there first.
   */
  private void dropLogWithoutCommit() {
    try {
      Path log = new Path(path, DELTA_LOG);
      FileSystem files = log.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(log)) {
        return;
      }
      FileStatus[] entries = files.listStatus(log);
      for (FileStatus entry : entries) {
        if (!entry.getPath().getName().startsWith(".") && !isEmptyFolder(files, entry)) {
          return;
        }
      }
      for (FileStatus unfinished : entries) {
        files.delete(unfinished.getPath(), false);
      }
      files.delete(log, false);
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(path, e);
    }
  }

  private static boolean isEmptyFolder(FileSystem files, FileStatus entry) throws IOException {
    return entry.isDirectory() && files.listStatus(entry.getPath()).length == 0;
  }

  private DeltaTableBuilder builder() {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path)
            .comment(spec.comment())
            .addColumns(spec.columns());
    spec.properties().forEach(builder::property);
    if (!spec.clusterBy().isEmpty()) {
      builder.clusterBy(spec.clusterBy().toArray(String[]::new));
    }
    return builder;
  }
}
