package io.bingoguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.doctor.Check.Status;
import io.bingoguard.model.CudaProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        .satisfies(check -> assertThat(check.status()).isEqualTo(Status.FAILED))
        .satisfies(check -> assertThat(check.seen()).contains("not for this machine"));
    DoctorReport report =
        Doctor.examineWithoutSpark(new IllegalStateException("x", new IOException("no route")));
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(DoctorText.of(report)).contains("ok       java", "no route", "1 failed");
  }

  @Test
  void otherSparksAreWarnedOfAndOtherScalasFail() {
    assertThat(SparkChecks.spark("4.0.1", "master local").status()).isEqualTo(Status.WARNING);
    assertThat(SparkChecks.spark("3.5.9", "master local").status()).isEqualTo(Status.OK);
    assertThat(SparkChecks.scala("2.13.14").status()).isEqualTo(Status.FAILED);
    assertThat(HostChecks.temporarySpace(folder.resolve("absent")).status())
        .isEqualTo(Status.FAILED);
  }

  @Test
  void missingCudaIsAsBadAsWhatDependsOnIt() {
    assertThat(DeviceChecks.cuda(CudaProbe.probe(999), Status.WARNING))
        .extracting(Check::status)
        .contains(Status.WARNING)
        .doesNotContain(Status.FAILED);
  }

  @Test
  void aManifestThatIsNoneOrNamesOtherFoldersFails() throws IOException {
    Path manifest = folder.resolve("bundle.json");
    for (String text :
        List.of("{", "{}", "{\"files\":[{\"name\":\"../x\"}]}", "{\"files\":[{\"size\":1}]}", "")) {
      Files.writeString(manifest, text);
      assertThat(BundleFiles.compare(folder))
          .as(text)
          .isNotEmpty()
          .allMatch(check -> check.status() == Status.FAILED);
    }
  }

  @Test
  void storageIsTriedAsItWillBeUsedAndLeftAsItWas() throws IOException {
    StorageChecks storage = new StorageChecks(new Configuration());
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{}");

    assertThat(storage.input(file.toString()).status()).isEqualTo(Status.OK);
    assertThat(storage.input(file.toUri().toString()).status()).isEqualTo(Status.OK);
    assertThat(storage.output(folder.resolve("new/deep").toString()).status()).isEqualTo(Status.OK);
    assertThat(storage.output(file.toString()).status()).isEqualTo(Status.FAILED);
    assertThat(storage.input("nosuch://host/path"))
        .satisfies(check -> assertThat(check.status()).isEqualTo(Status.FAILED))
        .satisfies(check -> assertThat(check.seen()).contains("nosuch"));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(storage.input(empty.toString()).status()).isEqualTo(Status.WARNING);
    assertThat(folder).isDirectoryNotContaining("glob:**bingoguard-doctor*");
    assertThat(empty).isEmptyDirectory();
  }
}
