package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code label} on exchanges of long ago: zero dates of other languages, and dates of old books.
 */
class OldTimesTest {
  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir private Path folder;

  @Test
  void timesOfJsonLinesAreWrittenAsTheyAre() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("a.jsonl"),
            """
            {"timestamp":"0001-01-01T00:00:00Z","prompt":"a"}
            {"timestamp":"1899-12-30","prompt":"b"}
            {"timestamp":"2024-01-01T00:00:00.5Z","prompt":"c"}
            """);

    assertThat(occurred(input))
        .containsExactly(
            "0001-01-01T00:00:00Z", "1899-12-30T00:00:00Z", "2024-01-01T00:00:00.500Z");
  }

  @Test
  void datesAndTimestampsOfParquetAreReadAsTheyAre() throws IOException {
    Path dates = folder.resolve("dates");
    Path times = folder.resolve("times");
    SparkSession session = SPARK.cloneSession();
    session.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    session.conf().set("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED");
    session
        .sql("SELECT 'a' AS prompt, date'1500-01-01' AS timestamp")
        .write()
        .parquet(dates.toString());
    session
        .sql("SELECT 'a' AS prompt, timestamp'1500-01-01 12:00:00' AS timestamp")
        .write()
        .parquet(times.toString());

    assertThat(occurred(dates)).containsExactly("1500-01-01T00:00:00Z");
    assertThat(occurred(times)).containsExactly("1500-01-01T12:00:00Z");
  }

  @Test
  void whatTheUserHasSetStays() {
    String key = "spark.sql.parquet.int96RebaseModeInWrite";
    SparkConf conf = new SparkConf(false).set(key, "LEGACY");

    TimeDefaults.addTo(conf);

    assertThat(conf.get(key)).isEqualTo("LEGACY");
  }

  private List<String> occurred(Path input) {
    Path output = folder.resolve("labelled-" + input.getFileName());
    CommandRun run = CommandRun.of("label", "--input", input, "--output", output, "--include-text");
    assertThat(run.exit()).as(run.err()).isZero();
    return SPARK
        .read()
        .format("delta")
        .load(output.resolve("labels").toString())
        .orderBy("prompt_text")
        .selectExpr("unix_micros(occurred_at)")
        .collectAsList()
        .stream()
        .map(row -> Instant.EPOCH.plus(row.getLong(0), ChronoUnit.MICROS))
        .map(Object::toString)
        .toList();
  }
}
