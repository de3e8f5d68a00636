package io.bingoguard.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.Success$;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.TaskState;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

class ProgressTest {
  private static final ProgressWords WORDS =
      new ProgressWords("labelled", "exchange", "exchanges", "conversations");
  private static final long EXCHANGES = 7;
  private static final long CONVERSATIONS = 8;

  private static final String EMPTY_BAR = "[" + " ".repeat(20) + "] ";

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void tellsRateShareAndTimeLeft() {
    ProgressMeter meter = new ProgressMeter(WORDS, OptionalLong.of(4_000), nanos::get, false);
    nanos.set(Duration.ofSeconds(100).toNanos());

    assertThat(meter.line(new ProgressCounts(2_500, 1_000)))
        .isEqualTo(
            "labelled 2,500 exchanges, 25.0 a second, 25% of 4,000 conversations, about 5 min 0 s left");
    assertThat(meter.line(new ProgressCounts(9_000, 4_000)))
        .isEqualTo("labelled 9,000 exchanges, 90.0 a second, 100% of 4,000 conversations");
  }

  @Test
  void goesByTheLastMinuteOfLabelling() {
    ProgressMeter meter = new ProgressMeter(WORDS, OptionalLong.of(1_000), nanos::get, true);

    assertThat(at(meter, 30, 0)).isEqualTo(EMPTY_BAR + "labelled 0 exchanges, 0.0 a second, 0%s");
    assertThat(at(meter, 32, 1)).isEqualTo(EMPTY_BAR + "labelled 1 exchange, 0.5 a second, 0%s");
    assertThat(at(meter, 40, 100))
        .isEqualTo(
            "[==                  ] labelled 100 exchanges, 10.0 a second, 10%s, about 1 min 30 s left");
    assertThat(at(meter, 100, 400))
        .isEqualTo(
            "[========            ] labelled 400 exchanges, 5.0 a second, 40%s, about 2 min 0 s left");
    assertThat(at(meter, 200, 1_000))
        .isEqualTo("[====================] labelled 1,000 exchanges, 5.0 a second, 100%s");
  }

  @Test
  void promisesATimeThatDoesNotJump() {
    ProgressMeter meter = new ProgressMeter(WORDS, OptionalLong.of(9_000), nanos::get, false);
    long labelled = 0;
    double before = Double.POSITIVE_INFINITY;
    for (int second = 1; labelled < 8_800; second++) {
      // A micro-batch of 15 seconds, then the commit.
      labelled += second % 18 < 15 ? 20 : 0;
      String line = at(meter, second, labelled);
      if (second > 20) {
        double left = seconds(line);
        assertThat(left).as("second %d", second).isLessThan(before * 4 / 3);
        before = left;
      }
    }
  }

  @Test
  void promisesNothingWithoutATotal() {
    ProgressMeter meter = new ProgressMeter(WORDS, OptionalLong.empty(), nanos::get, false);

    assertThat(meter.line(ProgressCounts.NONE)).isEqualTo("labelled 0 exchanges, 0.0 a second");
  }

  @Test
  void overwritesItsLineOnATerminalOnly() {
    assertThat(shown(true, "one", "two"))
        .isEqualTo("\r\u001b[Kone\r\u001b[Ktwo" + System.lineSeparator());
    assertThat(shown(false, "one", "two"))
        .isEqualTo("one" + System.lineSeparator() + "two" + System.lineSeparator());
    assertThat(shown(false, "one", "one")).isEqualTo("one" + System.lineSeparator());
  }

  @Test
  void countsRunningTasksByTheirHeartbeats() {
    ProgressListener listener = new ProgressListener(EXCHANGES, CONVERSATIONS);
    TaskInfo first = start(listener, 1, 0);
    start(listener, 2, 1);

    heartbeat(listener, 1, 10, 4);
    heartbeat(listener, 2, 20, 6);
    heartbeat(listener, 1, 15, 5);
    assertThat(listener.counts()).isEqualTo(new ProgressCounts(35, 11));

    end(listener, first, true, 18, 8);
    heartbeat(listener, 1, 18, 8);
    assertThat(listener.counts()).isEqualTo(new ProgressCounts(38, 14));
  }

  @Test
  void countsAPartitionOnceWhateverItsAttempts() {
    ProgressListener listener = new ProgressListener(EXCHANGES, CONVERSATIONS);
    TaskInfo failing = start(listener, 1, 0);
    heartbeat(listener, 1, 10, 4);
    end(listener, failing, false, 12, 5);
    assertThat(listener.counts()).isEqualTo(ProgressCounts.NONE);

    TaskInfo slow = start(listener, 2, 0);
    TaskInfo speculative = start(listener, 3, 0);
    heartbeat(listener, 2, 6, 2);
    heartbeat(listener, 3, 9, 3);
    assertThat(listener.counts()).isEqualTo(new ProgressCounts(9, 3));

    end(listener, speculative, true, 20, 8);
    end(listener, slow, true, 20, 8);
    assertThat(listener.counts()).isEqualTo(new ProgressCounts(20, 8));
  }

  private static double seconds(String line) {
    Matcher left = Pattern.compile("about (?:(\\d+) min )?(\\d+) s left").matcher(line);
    assertThat(left.find()).as(line).isTrue();
    return 60 * Double.parseDouble(left.group(1) == null ? "0" : left.group(1))
        + Double.parseDouble(left.group(2));
  }

  /** The line at a second; what all lines of these tests share is written %s. */
  private String at(ProgressMeter meter, int second, long labelled) {
    nanos.set(Duration.ofSeconds(second).toNanos());
    return meter
        .line(new ProgressCounts(labelled, labelled))
        .replaceFirst("% of [0-9,]+ conversations", "%s");
  }

  private static TaskInfo start(ProgressListener listener, long task, int index) {
    TaskInfo info =
        new TaskInfo(task, index, 0, index, 0, "executor", "host", TaskLocality.ANY(), false);
    listener.onTaskStart(new SparkListenerTaskStart(0, 0, info));
    return info;
  }

  private static void heartbeat(
      ProgressListener listener, long task, long exchanges, long conversations) {
    listener.onExecutorMetricsUpdate(
        new SparkListenerExecutorMetricsUpdate(
            "executor",
            seq(
                List.of(
                    new Tuple4<>(
                        (Object) task, (Object) 0, (Object) 0, updates(exchanges, conversations)))),
            scala.collection.Map$.MODULE$.empty()));
  }

  private static void end(
      ProgressListener listener,
      TaskInfo task,
      boolean success,
      long exchanges,
      long conversations) {
    task.setAccumulables(updates(exchanges, conversations));
    task.markFinished(success ? TaskState.FINISHED() : TaskState.KILLED(), 1);
    listener.onTaskEnd(
        new SparkListenerTaskEnd(
            0,
            0,
            "ResultTask",
            success ? Success$.MODULE$ : TaskResultLost$.MODULE$,
            task,
            new ExecutorMetrics(),
            new TaskMetrics()));
  }

  private static Seq<AccumulableInfo> updates(long exchanges, long conversations) {
    return seq(
        List.of(
            update(EXCHANGES, exchanges), update(CONVERSATIONS, conversations), update(99, 1000)));
  }

  @Test
  void cutsTheLineToATerminalThatIsNarrower() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    new ProgressDisplay(out, true, Duration.ofSeconds(1), 5).show("123456");
    new ProgressDisplay(out, false, Duration.ofSeconds(1), 5).show("123456");

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\u001b[K1234123456" + System.lineSeparator());
  }

  private static AccumulableInfo update(long id, long value) {
    return new AccumulableInfo(
        id,
        Option.empty(),
        Option.apply((Object) value),
        Option.empty(),
        false,
        false,
        Option.empty());
  }

  private static <T> Seq<T> seq(List<T> elements) {
    return JavaConverters.asScalaBuffer(elements).toList();
  }

  private static String shown(boolean terminal, String line, String last) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressDisplay display =
        new ProgressDisplay(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, Duration.ofSeconds(1));
    display.show(line);
    display.finish(last, line);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
