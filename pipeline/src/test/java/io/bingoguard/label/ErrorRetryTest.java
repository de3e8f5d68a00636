package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.FakeLabeller;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Errors that are judged again, and those that stay. */
class ErrorRetryTest extends LabelRuns {
  @Tag("histories")
  @Test
  void errorsOfFilesThatAreGoneStay() throws IOException {
    pairs("a.jsonl", 0, 2);
    pairs("b.jsonl", 2, 4);
    run("run-1");
    spark.sql(
        "UPDATE delta.`%s` SET error_code = 'REQUEST_EXCEEDS_MEMORY', label_status = 'error', error_message = 'too large'"
            .formatted(output.resolve("labels")));
    Files.delete(input.resolve("b.jsonl"));

    LabelSummary second =
        builder("run-2", 32)
            .policy(InputPolicy.USUAL.with(InputPolicy.Choice.RETRY_ERRORS, true))
            .prepare()
            .execute();

    assertThat(second.retried()).isEqualTo(2);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 4));
  }

  @Test
  void whatWouldOnlyBeLeftOutForItsLanguageKeepsTheVerdictThatItHas() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");
    spark.sql(
        "UPDATE delta.`%s` SET language = IF(prompt_text = 'prompt 1', 'en', 'de'), error_code = 'TEXT_TOO_LONG', label_status = 'skipped_long', error_message = 'too long', response_harmful = NULL, response_probability = NULL, response_category = NULL, severity = NULL, severity_score = NULL, severity_probabilities = NULL"
            .formatted(output.resolve("labels")));

    LabelSummary second =
        builder("run-2", 32)
            .policy(
                InputPolicy.USUAL
                    .with(InputPolicy.Choice.RETRY_ERRORS, true)
                    .withLanguages("en"::equals))
            .prepare()
            .execute();

    assertThat(second.retried()).isEqualTo(1);
    assertThat(
            labels().where("label_status = 'skipped_long' AND prompt_harmful IS NOT NULL").count())
        .isEqualTo(2);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 3));
  }

  @Tag("histories")
  @Test
  void errorsOfRowsThatAreGoneStay() {
    deltaTable(0, 4);
    run("run-1");
    spark.sql(
        "UPDATE delta.`%s` SET error_code = 'REQUEST_EXCEEDS_MEMORY', label_status = 'error', error_message = 'too large'"
            .formatted(output.resolve("labels")));
    sql("DELETE FROM delta.`%s` WHERE prompt = 'prompt 1'");

    LabelSummary second =
        builder("run-2", 32)
            .policy(InputPolicy.USUAL.with(InputPolicy.Choice.RETRY_ERRORS, true))
            .prepare()
            .execute();

    assertThat(second.retried()).isEqualTo(3);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 4));
    assertThat(labels().where("label_status = 'error'").select("prompt_text").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("prompt 1");
  }

  @Test
  void errorsAreJudgedAgainOnRequest() throws IOException {
    pairs("a.jsonl", 0, 4);
    pairs("b.jsonl", 4, 6);
    Files.writeString(input.resolve("c.jsonl"), "{no record\n" + lines(6, 8));
    run("run-1");
    String failed = "error_code = 'REQUEST_EXCEEDS_MEMORY', label_status = 'error'";
    spark.sql(
        "UPDATE delta.`%s` SET %s, error_message = 'too large' WHERE prompt_text = 'prompt 1'"
            .formatted(output.resolve("labels"), failed));
    FakeLabeller labeller = labeller("run-2");

    LabelSummary second =
        builder("run-2", labeller, 32)
            .policy(InputPolicy.USUAL.with(InputPolicy.Choice.RETRY_ERRORS, true))
            .prepare()
            .execute();

    assertThat(second.retried()).isEqualTo(1);
    assertThat(labeller.labelled()).isEqualTo(1);
    assertThat(labels().where("label_status = 'error'").select("error_code").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("SOURCE_CORRUPT_RECORD");
    assertThat(labels().where("prompt_text = 'prompt 1'").count()).isEqualTo(1);
    assertThat(labels().count()).isEqualTo(9);
    FakeLabeller idle = labeller("run-3");
    builder("run-3", idle, 32)
        .policy(InputPolicy.USUAL.with(InputPolicy.Choice.RETRY_ERRORS, true))
        .prepare()
        .execute();
    assertThat(idle.labelled()).isZero();
  }
}
