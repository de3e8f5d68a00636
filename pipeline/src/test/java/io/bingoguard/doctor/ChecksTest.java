package io.bingoguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.engine.DeviceExamination.State;
import io.bingoguard.spark.settings.GuardSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
  @TempDir Path folder;

  @Test
  void partsThatBreakAreToldAndDoNotStopTheOthers() {
    assertThat(
            Check.guarded(
                "device",
                () -> {
                  throw new UnsatisfiedLinkError("libonnxruntime.so: not for this machine");
                }))
        .singleElement()
        .satisfies(check -> assertThat(check.status()).isEqualTo(State.FAILED))
        .satisfies(check -> assertThat(check.seen()).contains("not for this machine"));
    DoctorReport report =
        Doctor.examineWithoutSpark(new IllegalStateException("x", new IOException("no route")));
    assertThat(report.status()).isEqualTo(State.FAILED);
    assertThat(DoctorText.of(report)).contains("ok       java", "no route", "1 failed");
  }

  @Test
  void otherSparksAreWarnedOfAndOtherScalasFail() {
    assertThat(SparkChecks.spark("4.0.1", "master local").status()).isEqualTo(State.WARNING);
    assertThat(SparkChecks.spark("3.5.9", "master local").status()).isEqualTo(State.OK);
    assertThat(SparkChecks.scala("2.13.14").status()).isEqualTo(State.FAILED);
    assertThat(HostChecks.temporarySpace(folder.resolve("absent")).status())
        .isEqualTo(State.FAILED);
  }

  @Test
  void aManifestThatIsNoneOrNamesOtherFoldersFails() throws IOException {
    Path manifest = folder.resolve("bundle.json");
    for (String text :
        List.of("{", "{}", "{\"files\":[{\"name\":\"../x\"}]}", "{\"files\":[{\"size\":1}]}", "")) {
      Files.writeString(manifest, text);
      List<Check> checks =
          ModelChecks.of(
                  new ModelRef.Local(folder.toString()),
                  GuardSettings.of(Map.of()),
                  new Configuration())
              .checks();
      assertThat(checks)
          .as(text)
          .filteredOn(check -> check.name().equals("model files"))
          .isNotEmpty()
          .allMatch(check -> check.status() == State.FAILED);
    }
  }

  @Test
  void storageIsTriedAsItWillBeUsedAndLeftAsItWas() throws IOException {
    StorageChecks storage = new StorageChecks(new Configuration());
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{}");

    assertThat(storage.input(file.toString()).status()).isEqualTo(State.OK);
    assertThat(storage.input(file.toUri().toString()).status()).isEqualTo(State.OK);
    assertThat(storage.output(folder.resolve("new/deep").toString()).status()).isEqualTo(State.OK);
    assertThat(storage.output(file.toString()).status()).isEqualTo(State.FAILED);
    assertThat(storage.input("nosuch://host/path"))
        .satisfies(check -> assertThat(check.status()).isEqualTo(State.FAILED))
        .satisfies(check -> assertThat(check.seen()).contains("nosuch"));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(storage.input(empty.toString()).status()).isEqualTo(State.WARNING);
    assertThat(folder).isDirectoryNotContaining("glob:**bingoguard-doctor*");
    assertThat(empty).isEmptyDirectory();
  }
}
