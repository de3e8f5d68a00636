package io.bingoguard.storage;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.ListObjectsV2Request;
import com.amazonaws.services.s3.model.ListObjectsV2Result;
import com.amazonaws.services.s3.model.S3ObjectSummary;
import io.bingoguard.cluster.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An S3 server (S3Proxy) on a free port of this machine, as a process. It checks every signature,
 * keeps its objects in memory, and loses them when it is closed.
 */
public final class S3Server implements AutoCloseable {
  /** The one key that the server knows; any other is answered with 403. */
  private static final String KEY = "test-key";

  private static final String SECRET = "test-secret";

  private static final Pattern STARTED =
      Pattern.compile("Started ServerConnector\\S*\\{[^}]*\\}\\{(127\\.0\\.0\\.1:\\d+)\\}");

  private final ServerProcess process;
  private final String endpoint;
  private final AmazonS3 client;

  private S3Server(ServerProcess process) {
    this.process = process;
    this.endpoint = "http://" + process.awaitLogged("the S3 server's address", STARTED);
    this.client =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(endpoint, "us-east-1"))
            .withPathStyleAccessEnabled(true)
            .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials(KEY, SECRET)))
            .build();
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @param folder gets its settings and its log
   */
  public static S3Server start(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path settings =
        Files.writeString(
            folder.resolve("s3proxy.conf"),
            """
            s3proxy.endpoint=http://127.0.0.1:0
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=transient
            jclouds.identity=none
            jclouds.credential=none
            """
                .formatted(KEY, SECRET));
    ServerProcess process =
        ServerProcess.start(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                ServerJar.s3().toString(),
                "--properties",
                settings.toString()),
            folder.resolve("s3proxy.log"));
    try {
      return new S3Server(process);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Where it listens: {@code http://127.0.0.1:PORT}. */
  public String endpoint() {
    return endpoint;
  }

  /** Settings of Spark that lead s3a:// to this server; the key is in {@link #environment()}. */
  public Map<String, String> settings() {
    return settings(endpoint);
  }

  /** The same for something that stands before the server, such as a {@link FaultProxy}. */
  public static Map<String, String> settings(String endpoint) {
    return Map.of(
        "spark.hadoop.fs.s3a.endpoint", endpoint, "spark.hadoop.fs.s3a.path.style.access", "true");
  }

  /** Environment variables with the key that the server takes, for drivers and executors. */
  public Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  public void createBucket(String bucket) {
    client.createBucket(bucket);
  }

  /** Puts each file of a folder into a bucket, by its name behind the prefix and a slash. */
  public void upload(Path folder, String bucket, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .sorted()
          .forEach(
              file -> client.putObject(bucket, prefix + "/" + file.getFileName(), file.toFile()));
    }
  }

  /** Names of all objects whose names begin so, in order. */
  public List<String> keys(String bucket, String prefix) {
    ListObjectsV2Request request =
        new ListObjectsV2Request().withBucketName(bucket).withPrefix(prefix);
    Stream.Builder<String> keys = Stream.builder();
    ListObjectsV2Result page;
    do {
      page = client.listObjectsV2(request);
      page.getObjectSummaries().stream().map(S3ObjectSummary::getKey).forEach(keys);
      request.setContinuationToken(page.getNextContinuationToken());
    } while (page.isTruncated());
    return keys.build().sorted().toList();
  }

  /** Writes all objects below a prefix into a folder, where they can be read without a server. */
  public Path download(String bucket, String prefix, Path folder) {
    for (String key : keys(bucket, prefix + "/")) {
      if (!key.endsWith("/")) {
        client.getObject(
            new GetObjectRequest(bucket, key),
            folder.resolve(key.substring(prefix.length() + 1)).toFile());
      }
    }
    return folder;
  }

  @Override
  public void close() {
    client.shutdown();
    process.close();
  }
}
