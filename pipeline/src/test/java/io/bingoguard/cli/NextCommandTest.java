package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextCommandTest {
  @Test
  void namesTheSameCommandWithAnotherOutput() {
    assertThat(
            after(
                ErrorCode.OUTPUT_OTHER_MODEL,
                "label",
                "--output",
                "out/",
                "--input",
                "it's here.jsonl"))
        .hasValue("bingoguard label --output out-new --input 'it'\\''s here.jsonl'");
    assertThat(after(ErrorCode.OUTPUT_UNSUITABLE, "label", "--input=in", "--output=s3a://b/out"))
        .hasValue("bingoguard label --input=in --output=s3a://b/out-new");
  }

  /** Errors end up in logs. */
  @Test
  void leavesOutWhatMayBeAKeyToStorage() {
    String secret = "spark.hadoop.fs.s3a.secret.key=hidden";

    assertThat(
            after(ErrorCode.OUTPUT_UNSUITABLE, "label", "--conf", secret, "--output", "o")
                .orElseThrow())
        .contains("fs.s3a.secret.key=...", "o-new")
        .doesNotContain("hidden");
  }

  @Test
  void addsWhatWouldHaveSparedTheFailure() {
    GuardException ambiguous =
        ErrorCode.SOURCE_SCHEMA_AMBIGUOUS
            .error("Input in can be read in more than one way.")
            .sparedBy(List.of("--column", "messages=the chat"));

    assertThat(NextCommand.after(ambiguous, List.of("label", "--input", "in", "--output", "o")))
        .hasValue("bingoguard label --input in --output o --column 'messages=the chat'");
  }

  @Test
  void leadsToInspectWhereColumnsAreToBeNamed() {
    assertThat(after(ErrorCode.SOURCE_SCHEMA_AMBIGUOUS, "label", "--input", "in", "--output", "o"))
        .hasValue("bingoguard inspect --input in --column ROLE=NAME");
  }

  @Test
  void labelsTheOthersWhereAFileCannotBeRead() {
    GuardException unreadable = ErrorCode.SOURCE_UNREADABLE.error("wrong").about("in/a.parquet");

    assertThat(NextCommand.after(unreadable, List.of("label", "--input", "in", "--output", "o")))
        .hasValue("bingoguard label --input in --output o --bad-files quarantine");
    assertThat(NextCommand.after(unreadable, List.of("label", "--input", "in", "--bad-files=fail")))
        .isEmpty();
    assertThat(NextCommand.after(unreadable, List.of("inspect", "--input", "in"))).isEmpty();
  }

  @Test
  void namesNoneWhereNoneIsKnown() {
    assertThat(after(ErrorCode.OUTPUT_UNSUITABLE, "repair", "--output", "o")).isEmpty();
    assertThat(after(ErrorCode.DEVICE_FAILED, "label", "--input", "in", "--output", "o")).isEmpty();
    assertThat(after(ErrorCode.OUTPUT_UNSUITABLE, "label", "--input", "in", "--output", "/"))
        .isEmpty();
    assertThat(after(ErrorCode.OUTPUT_PATH_UNUSABLE, "label", "--input", "in", "--output", "a:b"))
        .isEmpty();
    assertThat(after(ErrorCode.SOURCE_SCHEMA_AMBIGUOUS, "verify", "--requests", "file")).isEmpty();
  }

  private static Optional<String> after(ErrorCode code, String... given) {
    return NextCommand.after(code.error("wrong"), List.of(given));
  }
}
