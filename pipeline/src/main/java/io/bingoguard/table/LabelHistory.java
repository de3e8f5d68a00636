package io.bingoguard.table;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labels as readers follow them who come every night: one version, and what led to it. */
public final class LabelHistory {
  private static final Logger LOG = LoggerFactory.getLogger(LabelHistory.class);

  private final SparkSession spark;
  private final PathTable table;

  private LabelHistory(SparkSession spark, PathTable table) {
    this.spark = spark;
    this.table = table;
  }

  /** Of an output, which need not have labels; nothing is read. */
  public static LabelHistory of(SparkSession spark, OutputDirectory output) {
    return new LabelHistory(spark, new PathTable(spark, output.labels(), TableSpec.UNKNOWN));
  }

  public boolean exists() {
    return table.exists();
  }

  /** What tells the table from every other. */
  public String id() {
    return table.id();
  }

  /** Its newest version. */
  public long version() {
    return table.version();
  }

  /** What tells the commit of a version from any other; empty where the log no longer tells. */
  public String commitId(long version) {
    return table.commitId(version);
  }

  /** The newest version that was committed before a moment; -1 where the log has none. */
  public long versionBefore(Instant moment) {
    return table.versionBefore(moment);
  }

  /** The rows of a version. */
  public Dataset<Row> at(long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(table.path());
  }

  /** Names of categories by code, in their order; none where the output does not say. */
  public Map<String, String> categoryNames(OutputDirectory output) {
    PathTable categories = new PathTable(spark, output.categories(), TableSpec.UNKNOWN);
    Map<String, String> names = new LinkedHashMap<>();
    if (categories.exists()) {
      categories
          .read()
          .orderBy("category_order", "code")
          .select("code", "name")
          .collectAsList()
          .forEach(row -> names.putIfAbsent(row.getString(0), row.getString(1)));
    }
    return names;
  }

  /**
   * Rows that were added, deleted or changed, those of before included.
   *
   * @param after the version from which on, itself not included
   * @param until the last version
   * @return absent where the change feed does not reach back so far
   */
  public Optional<Dataset<Row>> changes(long after, long until) {
    return ofChanges(
        after,
        until,
        changes -> {
          var unused = changes.select("_commit_version").distinct().count();
          return changes;
        });
  }

  /**
   * Asks something of the rows of {@link #changes}, which are read for that alone.
   *
   * @param after the version from which on, itself not included
   * @param until the last version
   * @param question is asked where the change feed reaches back so far, and must read the rows
   * @return the answer; absent where the feed does not reach back
   */
  public <T> Optional<T> ofChanges(long after, long until, Function<Dataset<Row>, T> question) {
    try {
      return Optional.of(
          question.apply(
              spark
                  .read()
                  .format("delta")
                  .option("readChangeFeed", true)
                  .option("startingVersion", after + 1)
                  .option("endingVersion", until)
                  .load(table.path())));
    } catch (Exception e) {
      // Delta's analysis errors are checked exceptions that its methods do not declare, and whether
      // the files are there is known only when they are read.
      LOG.info("The change feed of {} does not reach back to version {}", table.path(), after, e);
      return Optional.empty();
    }
  }
}
