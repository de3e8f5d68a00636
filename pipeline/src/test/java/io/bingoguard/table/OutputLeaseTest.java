package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.guard.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLeaseTest {
  private static final JsonMapper JSON = new JsonMapper();
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
  void oneProcessHasItAndLeavesNothingBehind() {
    try (OutputLease first = OutputLease.acquire(output, HADOOP)) {
      assertThatThrownBy(() -> OutputLease.acquire(output, HADOOP))
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .extracting("code")
          .isEqualTo(ErrorCode.OUTPUT_IN_USE);
      assertThatCode(first::refuseLost).doesNotThrowAnyException();
      assertThat(OutputLease.holder(output, HADOOP))
          .hasValueSatisfying(holder -> assertThat(holder).startsWith("process "));
    }

    assertThat(folder.resolve("out")).doesNotExist();
    OutputLease.acquire(output, HADOOP).close();
  }

  @Test
  void whatIsThereAndCannotBeReadIsRefused() throws IOException {
    Files.createDirectories(file);

    assertThatThrownBy(() -> OutputLease.acquire(output, HADOOP))
        .hasMessageContaining("lease.json")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_UNREADABLE);
  }

  @Test
  void isTakenAtOnceFromAProcessOfThisHostThatDied() throws Exception {
    Process dead = new ProcessBuilder("sleep", "0").start();
    dead.waitFor();
    held(held -> held.put("pid", dead.pid()));
    assertThat(OutputLease.holder(output, HADOOP)).isEmpty();

    OutputLease.acquire(output, HADOOP).close();

    assertThat(file).doesNotExist();
  }

  @Test
  void isTakenFromAnEarlierProcessOfTheSameId() throws IOException {
    held(held -> held.put("started_at", "2020-01-01T00:00:00Z"));

    OutputLease.acquire(output, HADOOP).close();
  }

  @Test
  void isLeftToAProcessElsewhereThatShowsLife() throws IOException {
    held(held -> held.put("host", "elsewhere"));
    Thread life =
        new Thread(
            () -> {
              try {
                Thread.sleep(1_500);
                held(held -> held.put("host", "elsewhere").put("beat", 7));
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    life.start();

    assertThatThrownBy(() -> OutputLease.acquire(output, HADOOP))
        .hasMessageContaining("on host elsewhere")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_IN_USE);
  }

  @Test
  void isTakenFromAProcessElsewhereThatShowsNoneAndMissedByIt() throws IOException {
    OutputLease first = OutputLease.acquire(output, HADOOP);
    held(held -> held.put("host", "elsewhere").put("token", "another"));

    assertThatThrownBy(first::refuseLost).extracting("code").isEqualTo(ErrorCode.OUTPUT_IN_USE);
    first.close();
    assertThat(file).exists();
    OutputLease second = OutputLease.acquire(output, HADOOP);

    assertThatCode(second::refuseLost).doesNotThrowAnyException();
    second.close();
    assertThat(file).doesNotExist();
  }

  private interface Change {
    ObjectNode of(ObjectNode holder);
  }

  /** As this process would hold it, but for a change. */
  private void held(Change change) throws IOException {
    Files.createDirectories(file.getParent());
    ObjectNode holder = (ObjectNode) JSON.readTree(LeaseHolder.here().toJson());
    Files.deleteIfExists(folder.resolve("out/.lease.json.crc"));
    Files.writeString(file, change.of(holder).toString());
  }
}
