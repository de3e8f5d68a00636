package io.bingoguard.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.engine.DeviceExamination.State;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.testing.SharedSpark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The job is that of a cluster; here the driver is its one executor. */
class ExecutorSurveyTest {
  @Test
  void everyExecutorIsToldOnceHoweverManyTasksItRan() {
    List<ExecutorReport> reports =
        new ExecutorSurvey(SharedSpark.session(), Duration.ofMinutes(2))
            .ask(
                new ExecutorTask(
                    Map.of("spark.bingoguard.device", "cpu"), new ModelRef.Local("/absent")));

    assertThat(reports).hasSize(1);
    ExecutorReport report = reports.get(0);
    assertThat(report.executor()).isEqualTo("driver");
    assertThat(report.host()).isNotEmpty();
    assertThat(report.checks())
        .extracting(Check::name)
        .containsExactly(
            "java", "memory", "temporary space", "gpu", "onnx runtime", "pass on cpu", "model");
    assertThat(report.checks())
        .filteredOn(check -> check.status() == State.FAILED)
        .extracting(Check::name)
        .containsExactly("model");
  }

  @Test
  void aClusterThatDoesNotAnswerIsNotWaitedForLonger() {
    ExecutorSurvey survey = new ExecutorSurvey(SharedSpark.session(), Duration.ofMillis(1));

    assertThatThrownBy(() -> survey.ask(new ExecutorTask(Map.of(), new ModelRef.Demo())))
        .isInstanceOfSatisfying(
            GuardException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXECUTORS_SILENT))
        .hasMessageContaining("--wait");
  }

  @Test
  void reportsOfOneExecutorKeepTheWorstOfEachCheck() {
    List<ExecutorReport> merged =
        ExecutorReport.merged(
            List.of(
                new ExecutorReport(
                    "1", "a", List.of(Check.ok("gpu 0", "given"), Check.ok("pass", "first"))),
                new ExecutorReport("2", "b", List.of(Check.ok("pass", "other"))),
                new ExecutorReport(
                    "1",
                    "a",
                    List.of(Check.ok("gpu 1", "given"), Check.failed("pass", "second", "")))));

    assertThat(merged).extracting(ExecutorReport::executor).containsExactly("1", "2");
    assertThat(merged.get(0).checks())
        .extracting(Check::seen)
        .containsExactly("given", "second", "given");
  }
}
