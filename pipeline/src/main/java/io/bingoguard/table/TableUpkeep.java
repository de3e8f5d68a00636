package io.bingoguard.table;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Console;

/**
 * What keeps a table of an output quick to read: few files, and none that no version needs which
 * may still be read. Its rows, its transactions and what has been read of inputs stay as they are.
 */
public final class TableUpkeep {
  private static final int HOURS_A_DAY = 24;

  /** Delta lists a table's folders in as many tasks: ten thousand, where nobody says otherwise. */
  private static final String LISTING_TASKS =
      "spark.sql.sources.parallelPartitionDiscovery.parallelism";

  private final SparkSession spark;
  private final String path;

  private TableUpkeep(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
  }

  /** The tables that an output has. */
  public static List<TableUpkeep> of(SparkSession spark, OutputDirectory output) {
    return List.of(
            output.labels(),
            output.categories(),
            output.runs(),
            output.files(),
            output.auditMetrics(),
            output.auditDrift(),
            output.reviewSample(),
            output.reviews(),
            output.reviewEstimates())
        .stream()
        .filter(path -> DeltaTable.isDeltaTable(spark, path))
        .map(path -> new TableUpkeep(spark, path))
        .toList();
  }

  public String path() {
    return path;
  }

  public String name() {
    return new Path(path).getName();
  }

  /** The files that hold the table's rows. */
  public TableFiles current() {
    Row detail = table().detail().first();
    return new TableFiles(detail.<Long>getAs("numFiles"), detail.<Long>getAs("sizeInBytes"));
  }

  /**
   * Puts the rows of small files together, ordered as the table is clustered. The files that held
   * them stay for the versions before.
   *
   * @throws RuntimeException what Delta throws
   */
  public void compact() {
    if (current().count() > 1) {
      table().optimize().executeCompaction();
    }
  }

  /**
   * The files in the table's folder that its rows of now and of the days before do not need.
   *
   * @param days as many days; absent for those that the table says, seven usually
   * @throws IllegalArgumentException for fewer days than the table says
   */
  public TableFiles unneeded(OptionalInt days) throws IOException {
    return of(unneededPaths(days), sizes());
  }

  /**
   * Deletes them.
   *
   * @return what was deleted
   * @throws IllegalArgumentException for fewer days than the table says
   */
  public TableFiles deleteUnneeded(OptionalInt days) throws IOException {
    List<String> unneeded = unneededPaths(days);
    if (unneeded.isEmpty()) {
      return TableFiles.NONE;
    }
    Map<String, Long> sizes = sizes();
    vacuum(days, "");
    sizes().keySet().forEach(sizes::remove);
    return of(unneeded, sizes);
  }

  private DeltaTable table() {
    return DeltaTable.forPath(spark, path);
  }

  private List<String> unneededPaths(OptionalInt days) {
    return vacuum(days, "DRY RUN");
  }

  /** The tables have one folder, or two. */
  private List<String> vacuum(OptionalInt days, String mode) {
    String retain = days.isPresent() ? "RETAIN " + HOURS_A_DAY * days.getAsInt() + " HOURS " : "";
    String before = spark.conf().get(LISTING_TASKS);
    spark.conf().set(LISTING_TASKS, spark.sparkContext().defaultParallelism());
    try {
      // Delta tells what it did on standard output.
      return Console.withOut(
          OutputStream.nullOutputStream(),
          () ->
              spark
                  .sql("VACUUM %s %s%s".formatted(SqlText.table(path), retain, mode))
                  .as(Encoders.STRING())
                  .collectAsList());
    } finally {
      spark.conf().set(LISTING_TASKS, before);
    }
  }

  /** Bytes of every file in the table's folder, by its path. */
  private Map<String, Long> sizes() throws IOException {
    Path folder = new Path(path);
    FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
    Map<String, Long> sizes = new HashMap<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
    while (found.hasNext()) {
      LocatedFileStatus file = found.next();
      sizes.put(file.getPath().toString(), file.getLen());
    }
    return sizes;
  }

  /** Folders are among the paths too, and have no size. */
  private static TableFiles of(Collection<String> paths, Map<String, Long> sizes) {
    return paths.stream()
        .map(file -> Optional.ofNullable(sizes.get(file)))
        .flatMap(Optional::stream)
        .map(bytes -> new TableFiles(1, bytes))
        .reduce(TableFiles.NONE, TableFiles::plus);
  }
}
