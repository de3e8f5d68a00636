package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.testing.Commits;
import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedModelTest {
  private static final Configuration HADOOP = new Configuration();

  private final SparkSession spark = SharedSpark.session();
  private final RunStamp stamp =
      new RunStamp("run-1", new ModelIdentity("fake", "revision-1", "it's/1@sha256:00"), "test");

  @TempDir Path folder;

  @Test
  void knowsNothingOfAnOutputThatTakesAnyModel() {
    assertThat(accepted()).isEmpty();

    LabelsTable table = create();
    assertThat(accepted()).isEmpty();

    append(table);
    assertThat(accepted()).isPresent();
    DeltaTable.forPath(spark, table.path()).delete();
    assertThat(accepted()).isEmpty();
  }

  @Test
  void refusesAnotherPackOrRevision() {
    append(create());
    AcceptedModel accepted = accepted().orElseThrow();
    String pack = stamp.model().promptPack();

    assertThatCode(() -> accepted.refuseOtherPack(pack)).doesNotThrowAnyException();
    assertThatCode(() -> accepted.refuseOther("revision-1", pack)).doesNotThrowAnyException();
    assertThatThrownBy(() -> accepted.refuseOtherPack("other/1@sha256:00"))
        .hasMessageContaining("other/1@sha256:00")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_OTHER_MODEL);
    assertThatThrownBy(() -> accepted.refuseOther("revision-2", pack))
        .hasMessageContaining("revision-1")
        .hasMessageContaining("revision-2")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_OTHER_MODEL);
  }

  @Test
  void knowsAQuickLook() {
    LabelsTable table = create();
    table.limit(5);
    append(table);
    AcceptedModel accepted = accepted().orElseThrow();

    for (boolean limited : new boolean[] {true, false}) {
      assertThatThrownBy(() -> accepted.refuseOtherLimit(limited))
          .extracting("code")
          .isEqualTo(ErrorCode.OUTPUT_UNSUITABLE);
    }
  }

  @Test
  void leavesATableOfWhichRowsMayBeDeletedToSpark() {
    LabelsTable table = create();
    append(table);
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"
            .formatted(table.path()));

    assertThat(accepted()).isEmpty();
  }

  @Test
  void leavesATableWithoutAWholeChecksumFileToSpark() throws IOException {
    append(create());
    Path checksum;
    try (Stream<Path> log = Files.list(folder.resolve("labels/_delta_log"))) {
      checksum =
          log.filter(file -> file.toString().endsWith("1.crc"))
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .findFirst()
              .orElseThrow();
    }

    Files.deleteIfExists(checksum.resolveSibling("." + checksum.getFileName() + ".crc"));
    Files.writeString(checksum, "{\"numFiles\":");
    assertThat(accepted()).isEmpty();

    Files.delete(checksum);
    assertThat(accepted()).isEmpty();
  }

  private Optional<AcceptedModel> accepted() {
    return AcceptedModel.of(OutputDirectory.open(folder.toString(), HADOOP), HADOOP);
  }

  private LabelsTable create() {
    LabelsTable table =
        LabelsTable.of(spark, OutputDirectory.open(folder.toString(), HADOOP), stamp, false);
    table.create();
    return table;
  }

  private void append(LabelsTable table) {
    table.append(
        Exchanges.labelled(new FakeLabeller(stamp, false), Exchanges.row("c", 0, "hi", "hello")),
        Commits.of("run-1", 0));
  }
}
