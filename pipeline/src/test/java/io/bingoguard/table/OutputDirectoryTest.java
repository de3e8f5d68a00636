package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
  private final Configuration hadoop = new Configuration();

  @TempDir Path folder;

  @Test
  void acceptsAnEmptyDirectoryAndAPathThatDoesNotExist() throws IOException {
    Path absent = folder.resolve("absent");

    assertThat(open(folder).labels()).isEqualTo("file:" + folder + "/labels");
    assertThat(open(absent).files()).isEqualTo("file:" + absent + "/files");
    assertThat(absent).doesNotExist();
  }

  @Test
  void acceptsTheOutputOfAnEarlierRunEvenWithFilesBesideIt() throws IOException {
    Files.createDirectories(folder.resolve("labels/_delta_log"));
    Files.writeString(folder.resolve("summary.json"), "{}");

    assertThat(open(folder).runs()).endsWith("/runs");
  }

  @Test
  void refusesADirectoryThatHoldsSomethingElse() throws IOException {
    Files.writeString(folder.resolve("thesis.doc"), "x");

    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("thesis.doc")
        .hasMessageContaining("--output");
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void refusesAPathThatSparkCannotFollow() {
    assertThatThrownBy(() -> open(folder.resolve("12:30").resolve("out")))
        .hasMessageContaining("':'")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_PATH_UNUSABLE);
  }

  @Test
  void refusesAFileSystemThatNobodyProvides() {
    assertThatThrownBy(() -> OutputDirectory.open("nosuch://bucket/dir", hadoop))
        .isInstanceOf(GuardException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_UNREADABLE);
  }

  private OutputDirectory open(Path path) {
    return OutputDirectory.open(path.toString(), hadoop);
  }
}
