package io.bingoguard.guard;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What failures of object storage and HDFS mean, with the remedy. They are known by what they say:
 * this package has no classes of Hadoop or Amazon, and from executors only their text comes.
 */
final class StorageFailure {
  private static final int MOST_CAUSES = 20;
  private static final int MOST_TEXT = 20_000;

  /** In the order in which they are looked for. */
  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "No AWS Credentials provided by ([\\w. ]+)",
              found ->
                  "there are no credentials for object storage; looked for by %s. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of the driver and the executors, give their hosts a role, or name another way in spark.hadoop.fs.s3a.aws.credentials.provider"
                      .formatted(withoutPackages(found.group(1)))),
          new Known(
              "Service: Amazon S3; Status Code: 403; Error Code: (?:403 )?([^;)]+)",
              found ->
                  "object storage refused the credentials (403 %s): they are wrong, have expired, or do not allow this. They are taken from spark.hadoop.fs.s3a.access.key and secret.key, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or the host's role, the first of these that is set; or from what spark.hadoop.fs.s3a.aws.credentials.provider names"
                      .formatted(found.group(1))),
          new Known(
              "(?:s3a://([^/`'\\s:,]+)[\\s\\S]*?)?Error Code: NoSuchBucket",
              found ->
                  "%s does not exist. Check its name, and spark.hadoop.fs.s3a.endpoint where it is not Amazon's"
                      .formatted(
                          found.group(1) == null
                              ? "the bucket"
                              : "bucket '%s'".formatted(found.group(1)))),
          new Known(
              "Service: Amazon S3; Status Code: 503",
              found ->
                  "object storage asks to slow down (503) and went on doing so through all attempts. Wait, then give the same command again, with fewer cores or with a larger spark.hadoop.fs.s3a.retry.throttle.limit"),
          new Known(
              "Connect(?:Timeout)?Exception: Connect to (\\S+)(?: \\[[^]]*])? failed: ([^:\\n]+)",
              found ->
                  "endpoint %s cannot be reached: %s. Check spark.hadoop.fs.s3a.endpoint and the network"
                      .formatted(found.group(1), found.group(2))),
          new Known(
              "amazonaws[\\s\\S]*UnknownHostException: ([\\w.-]+)",
              found ->
                  "there is no host %s. Check spark.hadoop.fs.s3a.endpoint; where buckets have no host names of their own, set spark.hadoop.fs.s3a.path.style.access to true"
                      .formatted(found.group(1))),
          new Known(
              "amazonaws[\\s\\S]*Unsupported or unrecognized SSL message",
              found ->
                  "the endpoint does not speak TLS. Write http:// before its name in spark.hadoop.fs.s3a.endpoint, or turn TLS on there"),
          new Known(
              "to (\\S+:\\d+) failed on connection exception: \\S+: ([^;\\n]+)",
              found ->
                  "name node %s cannot be reached: %s. Check the address in the path, or fs.defaultFS where the path has none"
                      .formatted(found.group(1), found.group(2))));

  private StorageFailure() {}

  /** What a failure or one of its causes means, without an end to the last sentence. */
  static Optional<String> explained(Throwable failure) {
    String text = text(failure);
    return KNOWN.stream().flatMap(known -> known.explained(text).stream()).findFirst();
  }

  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null && text.length() < MOST_TEXT; i++) {
      text.append(cause).append('\n');
      cause = cause.getCause();
    }
    return text.substring(0, Math.min(text.length(), MOST_TEXT));
  }

  private static String withoutPackages(String classes) {
    return String.join(", ", classes.strip().replaceAll("(?:\\w+\\.)+", "").split(" +"));
  }

  private record Known(Pattern pattern, Function<MatchResult, String> sentence) {
    Known(String pattern, Function<MatchResult, String> sentence) {
      this(Pattern.compile(pattern), sentence);
    }

    Optional<String> explained(String text) {
      Matcher found = pattern.matcher(text);
      return found.find() ? Optional.of(sentence.apply(found)) : Optional.empty();
    }
  }
}
