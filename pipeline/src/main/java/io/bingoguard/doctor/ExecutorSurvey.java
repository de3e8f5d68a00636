package io.bingoguard.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Asks the executors of a cluster, by a small job, how it stands with them. */
final class ExecutorSurvey {
  /** Executors may register while the first job runs, and chance may leave one out. */
  private static final int MOST_JOBS = 4;

  private static final JsonMapper JSON = new JsonMapper();

  private final SparkSession spark;
  private final Duration patience;

  /**
   * A survey.
   *
   * @param patience how long to wait for answers; a cluster without resources never gives any
   */
  ExecutorSurvey(SparkSession spark, Duration patience) {
    this.spark = spark;
    this.patience = patience;
  }

  /**
   * One report of each executor that is there.
   *
   * @throws io.bingoguard.guard.GuardException EXECUTORS_SILENT
   */
  List<ExecutorReport> ask(ExecutorTask task) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<ExecutorReport> reports = new ArrayList<>();
    for (int job = 0; job < MOST_JOBS; job++) {
      reports.addAll(answers(context, task));
      // Spark counts the driver in.
      int registered = context.sc().statusTracker().getExecutorInfos().length - 1;
      if (ExecutorReport.merged(reports).size() >= registered) {
        break;
      }
    }
    return ExecutorReport.merged(reports);
  }

  private List<ExecutorReport> answers(JavaSparkContext context, ExecutorTask task) {
    int tasks = context.defaultParallelism();
    JavaFutureAction<List<String>> job =
        context
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .mapPartitions(task)
            .collectAsync();
    try {
      List<ExecutorReport> reports = new ArrayList<>();
      for (String answer : job.get(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        reports.add(JSON.readValue(answer, ExecutorReport.class));
      }
      return reports;
    } catch (TimeoutException e) {
      job.cancel(true);
      throw DoctorErrors.executorsSilent(patience.toSeconds() + " seconds", e);
    } catch (ExecutionException e) {
      throw DoctorErrors.executorsSilent("a failed job", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.cancel(true);
      throw DoctorErrors.executorsSilent("an interruption", e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a task's answer is always JSON", e);
    }
  }
}
