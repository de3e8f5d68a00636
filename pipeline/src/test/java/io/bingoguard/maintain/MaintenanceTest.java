package io.bingoguard.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.TableFiles;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir private Path output;

  @Test
  void compactsEachTableAndDeletesOnlyOldFilesThatNothingNeeds() throws IOException {
    append("labels", 0, 10);
    append("labels", 10, 20);
    append("runs", 0, 1);
    Path old = orphan("labels", Duration.ofDays(8));
    Path young = orphan("labels", Duration.ofDays(6));

    List<TableMaintenance> done = maintenance().execute(step -> {});

    assertThat(done).extracting(TableMaintenance::table).containsExactly("labels", "runs");
    TableMaintenance labels = done.get(0);
    assertThat(labels.before().count()).isEqualTo(2);
    assertThat(labels.after().count()).isEqualTo(1);
    assertThat(labels.after().bytes()).isPositive().isLessThan(labels.before().bytes());
    assertThat(labels.deleted()).isEqualTo(new TableFiles(1, 5));
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(rows("labels")).isEqualTo(20);
    // The versions of the last days can be read.
    assertThat(
            spark.read().format("delta").option("versionAsOf", 0).load(output + "/labels").count())
        .isEqualTo(10);
  }

  @Test
  void whatIsInOrderIsLeftAsItIs() throws IOException {
    append("labels", 0, 10);
    append("labels", 10, 20);
    maintenance().execute(step -> {});
    Map<String, Long> before = files(output);

    List<TableMaintenance> again = maintenance().execute(step -> {});

    assertThat(again.get(0).after()).isEqualTo(again.get(0).before());
    assertThat(again.get(0).deleted()).isEqualTo(TableFiles.NONE);
    assertThat(files(output)).isEqualTo(before);
  }

  @Test
  void aPlanTellsWhatWouldBeDeletedAndChangesNothing() throws IOException {
    append("labels", 0, 10);
    append("labels", 10, 20);
    orphan("labels", Duration.ofDays(20));
    orphan("labels", Duration.ofDays(40));
    Map<String, Long> before = files(output);

    assertThat(maintenance().plan(step -> {}).get(0).deleted()).isEqualTo(new TableFiles(2, 10));
    assertThat(maintenance(30).plan(step -> {}).get(0).deleted()).isEqualTo(new TableFiles(1, 5));

    assertThat(files(output)).isEqualTo(before);
  }

  @Test
  void nothingButTheTablesOfTheOutputIsTouched() throws IOException {
    append("labels", 0, 10);
    append("mine", 0, 10);
    append("mine", 10, 20);
    orphan("mine", Duration.ofDays(40));
    Files.createDirectories(output.resolve("checkpoints/key"));
    Files.writeString(output.resolve("checkpoints/key/metadata"), "x");
    Map<String, Long> mine = files(output.resolve("mine"));

    maintenance().execute(step -> {});

    assertThat(files(output.resolve("mine"))).isEqualTo(mine);
    assertThat(output.resolve("checkpoints/key/metadata")).exists();
  }

  @Test
  void refusesFewerDaysThanTheTableSays() throws IOException {
    append("labels", 0, 10);
    spark.sql(
        "ALTER TABLE delta.`%s/labels` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 30 days')"
            .formatted(output));
    Path old = orphan("labels", Duration.ofDays(20));

    assertThatThrownBy(() -> maintenance(10).execute(step -> {}))
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("deletedFileRetentionDuration")
        .extracting("code")
        .isEqualTo(ErrorCode.TABLE_NOT_MAINTAINED);
    assertThat(maintenance().execute(step -> {}).get(0).deleted()).isEqualTo(TableFiles.NONE);
    assertThat(old).exists();
  }

  @Test
  void refusesAnOutputWithoutTables() {
    assertThatThrownBy(this::maintenance).extracting("code").isEqualTo(ErrorCode.OUTPUT_MISSING);
    assertThat(output).isEmptyDirectory();
  }

  private Maintenance maintenance() {
    return Maintenance.of(spark, new OutputDirectory("file:" + output), OptionalInt.empty());
  }

  private Maintenance maintenance(int days) {
    return Maintenance.of(spark, new OutputDirectory("file:" + output), OptionalInt.of(days));
  }

  private void append(String table, int from, int to) {
    spark
        .range(from, to, 1, 1)
        .write()
        .format("delta")
        .mode("append")
        .save(output.resolve(table).toString());
  }

  /** As a writer leaves it that died before it could commit. */
  private Path orphan(String table, Duration age) throws IOException {
    Path file =
        output.resolve(table).resolve("part-00000-%d.snappy.parquet".formatted(age.toDays()));
    Files.writeString(file, "stale");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private long rows(String table) {
    return spark.read().format("delta").load(output.resolve(table).toString()).count();
  }

  private static Map<String, Long> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<String, Long> sizes = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sizes.put(file.toString(), Files.size(file));
      }
      return sizes;
    }
  }
}
