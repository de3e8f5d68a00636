package io.bingoguard.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.Bundler;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.cluster.Submission;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpus, model and output on an S3 server, and what is said when it cannot be used. */
class ObjectStorageIT {
  private static final String BUCKET = "data";

  @TempDir static Path folder;

  private static S3Server server;
  private static LocalProgram program;

  @BeforeAll
  static void startServer() throws IOException {
    server = S3Server.start(folder.resolve("s3"));
    server.createBucket(BUCKET);
    server.upload(Labelled.corpus(folder.resolve("corpus")), BUCKET, "corpus");
    Path demo = DemoModel.directory();
    Path model = folder.resolve("model");
    new Bundler(demo, demo.resolve("prompt-pack.json"), model).bundle(4096);
    server.upload(model, BUCKET, "model");
    program = LocalProgram.in(folder.resolve("spark"), server.environment(), server.settings());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void aCorpusIsLabelledOnceAndARunAfterThatFindsNothingNew() throws IOException {
    Submission.Ended first = label();
    assertThat(first.exitCode()).as(first.errors()).isZero();
    List<Row> rows = Labelled.rows(table("first"));

    Submission.Ended second = label();
    assertThat(second.exitCode()).as(second.errors()).isZero();
    assertThat(second.output()).containsPattern("exchanges +0\\b");
    assertThat(Labelled.rows(table("second"))).isEqualTo(rows);
  }

  @Test
  void aSecretThatIsWrongIsRefusedAtOnceAndNotShown() throws IOException {
    Map<String, String> wrong = new HashMap<>(server.environment());
    wrong.put("AWS_SECRET_ACCESS_KEY", "not-the-secret");

    String error = refused(wrong, Map.of(), "s3a://data/corpus");

    assertThat(error)
        .contains("error [OUTPUT_UNREADABLE]", "refused the credentials (403", "AWS_ACCESS_KEY_ID")
        .doesNotContain("not-the-secret", "test-secret", "test-key");
  }

  @Test
  void missingCredentialsAreToldWithWhereTheyWereLookedFor() throws IOException {
    assertThat(refused(Map.of(), Map.of(), "s3a://data/corpus"))
        .contains("no credentials", "EnvironmentVariableCredentialsProvider", "AWS_ACCESS_KEY_ID");
  }

  @Test
  void aBucketThatDoesNotExistIsNamed() throws IOException {
    assertThat(refused(server.environment(), Map.of(), "s3a://no-such-bucket/corpus"))
        .contains("error [SOURCE_UNREADABLE]", "bucket 'no-such-bucket' does not exist");
  }

  @Test
  void anEndpointThatRefusesConnectionsIsNamed() throws IOException {
    String nobody = "127.0.0.1:" + freePort();

    assertThat(
            refused(
                75,
                server.environment(),
                Map.of("spark.hadoop.fs.s3a.endpoint", "http://" + nobody),
                "s3a://data/corpus"))
        .contains("endpoint " + nobody + " cannot be reached", "spark.hadoop.fs.s3a.endpoint");
  }

  private static Submission.Ended label() throws IOException {
    return program.run(
        Map.of("spark.bingoguard.cache.directory", folder.resolve("cache").toString()),
        "label",
        "--input",
        "s3a://data/corpus",
        "--output",
        "s3a://data/labelled",
        "--model",
        "s3a://data/model");
  }

  /** The one line that a run has to say when it does not begin. */
  private static String refused(
      Map<String, String> environment, Map<String, String> settings, String input)
      throws IOException {
    return refused(2, environment, settings, input);
  }

  private static String refused(
      int exitCode, Map<String, String> environment, Map<String, String> settings, String input)
      throws IOException {
    Map<String, String> all = new HashMap<>(server.settings());
    all.putAll(settings);
    Submission.Ended ended =
        LocalProgram.in(Files.createTempDirectory(folder, "refused"), environment, all)
            .run(Map.of(), "label", "--input", input, "--output", "s3a://data/other");
    assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(exitCode);
    List<String> errors = ended.errors().lines().filter(line -> line.contains("error [")).toList();
    assertThat(errors).hasSize(1);
    assertThat(ended.errors()).doesNotContain("\tat ", "\nat ");
    return errors.get(0);
  }

  private static Path table(String name) {
    return server.download(BUCKET, "labelled/labels", folder.resolve(name));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
