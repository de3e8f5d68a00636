package io.bingoguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In the words of Hadoop 3.3.4 and Amazon's SDK, as a server's answers made them. */
class StorageFailureTest {
  private static final String TAIL =
      "; Request ID: 4442587FB7D0A2F9; S3 Extended Request ID: null; Proxy: null)";

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            "`s3a://corpora/day': listStatus on s3a://corpora/day: com.amazonaws.services.s3.model.AmazonS3Exception: The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket"
                + TAIL,
            "bucket 'corpora' does not exist. Check its name, and spark.hadoop.fs.s3a.endpoint"),
        Arguments.of(
            "The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket"
                + TAIL,
            "the bucket does not exist"),
        Arguments.of(
            "Forbidden (Service: Amazon S3; Status Code: 403; Error Code: SignatureDoesNotMatch"
                + TAIL,
            "object storage refused the credentials (403 SignatureDoesNotMatch)"),
        Arguments.of(
            "Forbidden (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden" + TAIL,
            "object storage refused the credentials (403 Forbidden)"),
        Arguments.of(
            "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS Credentials provided by TemporaryAWSCredentialsProvider org.example.OwnProvider : com.amazonaws.SdkClientException: Unable to load AWS credentials",
            "looked for by TemporaryAWSCredentialsProvider, OwnProvider. Set AWS_ACCESS_KEY_ID"),
        Arguments.of(
            "Slow Down (Service: Amazon S3; Status Code: 503; Error Code: SlowDown" + TAIL,
            "object storage asks to slow down (503)"),
        Arguments.of(
            "org.apache.http.conn.HttpHostConnectException: Connect to minio:9000 [minio/10.0.0.7] failed: Connection refused",
            "endpoint minio:9000 cannot be reached: Connection refused. Check"),
        Arguments.of(
            "com.amazonaws.SdkClientException: Unable to execute HTTP request: data.minio\njava.net.UnknownHostException: data.minio",
            "there is no host data.minio. Check spark.hadoop.fs.s3a.endpoint"),
        Arguments.of(
            "com.amazonaws.SdkClientException: Unable to execute HTTP request: Unsupported or unrecognized SSL message",
            "the endpoint does not speak TLS. Write http://"),
        Arguments.of(
            "Call From worker/10.0.0.9 to master:8020 failed on connection exception: java.net.ConnectException: Connection refused; For more details see:  http://wiki.apache.org/hadoop/ConnectionRefused",
            "name node master:8020 cannot be reached: Connection refused. Check"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void errorsSayWhatFailuresOfStorageMeanAndWhatHelps(String message, String expected) {
    Exception failure =
        new IllegalStateException(
            "Job aborted", new IOException("java.io.IOException: " + message, new IOException()));

    GuardException error =
        ErrorCode.SOURCE_UNREADABLE.error("Input %s cannot be read: %s.", "s3a://x", failure);

    assertThat(error)
        .hasMessageStartingWith("Input s3a://x cannot be read: ")
        .hasMessageContaining(expected)
        .hasCause(failure);
    assertThat(error.getMessage()).doesNotContain("Request ID", "amazonaws.", "..");
  }

  @Test
  void otherFailuresKeepTheirOwnWords() {
    assertThat(StorageFailure.explained(new IOException("the disk is full"))).isEmpty();
  }

  @Test
  void aFailureThatIsItsOwnCauseEndsTheSearch() {
    IOException first = new IOException("first");
    IOException second = new IOException("second", first);
    first.initCause(second);

    assertThat(StorageFailure.explained(first)).isEmpty();
  }
}
