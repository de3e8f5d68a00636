package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the right to write when processes stop in the middle of something. */
class FrozenLeaseTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;
  private OutputDirectory output;
  private Path file;

  @BeforeEach
  void open() {
    output = OutputDirectory.open(folder.resolve("out").toString(), HADOOP);
    file = folder.resolve("out/lease.json");
  }

  @Test
  void aProcessThatStoodStillMissesItAfterAnotherHasTakenItAndEnded() throws IOException {
    try (OutputLease still = OutputLease.acquire(output, HADOOP)) {
      Files.delete(file);

      assertThatThrownBy(still::refuseLost)
          .hasMessageContaining("stood still")
          .extracting("code")
          .isEqualTo(ErrorCode.OUTPUT_IN_USE);
    }
  }

  @Test
  void aProcessThatDiedWhileItGaveASignOfLifeIsFollowed() throws IOException {
    OutputLease died = OutputLease.acquire(output, HADOOP);
    String text = Files.readString(file);
    died.close();
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, text.replace("\"beat\":0", "\"beat\":1").replaceAll("\"pid\":\\d+", "\"pid\":0"));
    // As Hadoop leaves it that was killed between the text and its checksum.
    Files.write(
        folder.resolve("out/.lease.json.crc"),
        new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});

    try (OutputLease next = OutputLease.acquire(output, HADOOP)) {
      assertThatCode(next::refuseLost).doesNotThrowAnyException();
    }
    assertThat(file).doesNotExist();
  }
}
