package io.bingoguard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.cluster.Submission;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpus and output on HDFS. */
class HdfsIT {
  @TempDir static Path folder;

  private static HdfsServer server;
  private static FileSystem files;
  private static LocalProgram program;

  @BeforeAll
  static void startServer() throws IOException {
    server = HdfsServer.start(folder.resolve("hdfs"));
    files = FileSystem.newInstance(URI.create(server.uri()), new Configuration());
    files.copyFromLocalFile(
        hadoop(Labelled.corpus(folder.resolve("corpus")).toUri()), hadoop(URI.create("/corpus")));
    program = LocalProgram.in(folder.resolve("spark"), Map.of(), Map.of());
  }

  @AfterAll
  static void stopServer() throws IOException {
    files.close();
    server.close();
  }

  @Test
  void aCorpusIsLabelledOnceAndARunAfterThatFindsNothingNew() throws IOException {
    Submission.Ended first = label(server.uri());
    assertThat(first.exitCode()).as(first.errors()).isZero();
    List<Row> rows = Labelled.rows(table("first"));

    Submission.Ended second = label(server.uri());
    assertThat(second.exitCode()).as(second.errors()).isZero();
    assertThat(second.output()).containsPattern("exchanges +0\\b");
    assertThat(Labelled.rows(table("second"))).isEqualTo(rows);
  }

  @Test
  void aNameNodeThatIsNotThereIsNamed() throws IOException {
    Submission.Ended ended = label("hdfs://127.0.0.1:1");

    assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(2);
    assertThat(ended.errors())
        .containsPattern(
            "error \\[OUTPUT_UNREADABLE\\].* name node \\S+:1 cannot be reached: Connection refused");
  }

  private static Submission.Ended label(String uri) throws IOException {
    return program.run(
        Map.of(), "label", "--input", uri + "/corpus", "--output", uri + "/labelled");
  }

  private static Path table(String name) throws IOException {
    Path copy = folder.resolve(name);
    files.copyToLocalFile(
        false, hadoop(URI.create("/labelled/labels")), hadoop(copy.toUri()), true);
    return copy;
  }

  private static org.apache.hadoop.fs.Path hadoop(URI uri) {
    return new org.apache.hadoop.fs.Path(uri);
  }
}
