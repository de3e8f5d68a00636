package io.bingoguard.testing;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import io.bingoguard.guard.Windows;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * A labeller without a model: a text is harmful when it says "harm". It counts the rows it labels,
 * and can fail once at a chosen text; both work because local tasks share the test's JVM.
 */
public final class FakeLabeller implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, AtomicInteger> LABELLED = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> JUDGED = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> TASKS = new ConcurrentHashMap<>();
  private static final Map<String, String> FAIL_AT = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final RunStamp stamp;
  private final boolean includeText;

  public FakeLabeller(RunStamp stamp, boolean includeText) {
    this.stamp = stamp;
    this.includeText = includeText;
    LABELLED.put(id, new AtomicInteger());
    JUDGED.put(id, new AtomicInteger());
    TASKS.put(id, new AtomicInteger());
  }

  public static RunStamp stamp(String runId) {
    return stamp(runId, "revision-1");
  }

  /** Of another model, by its revision. */
  public static RunStamp stamp(String runId, String revision) {
    return new RunStamp(runId, new ModelIdentity("fake", revision, "fake-pack/1 'quoted'"), "test");
  }

  /** Fails the next time that {@code prompt} comes by, and only then. */
  public FakeLabeller failOnceAt(String prompt) {
    FAIL_AT.put(id, prompt);
    return this;
  }

  /** Rows labelled so far, those of failed attempts included. */
  public int labelled() {
    return LABELLED.get(id).get();
  }

  /** Rows judged so far, and not labelled as was known. */
  public int judged() {
    return JUDGED.get(id).get();
  }

  /** Tasks that had rows so far. */
  public int tasks() {
    return TASKS.get(id).get();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (rows.hasNext()) {
      TASKS.get(id).incrementAndGet();
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return label(rows.next());
      }
    };
  }

  private Row label(Row row) {
    ExchangeRow exchange = ExchangeRow.read(row);
    Optional<String> prompt = exchange.exchange().prompt();
    if (prompt.isPresent() && FAIL_AT.remove(id, prompt.get())) {
      throw new IllegalStateException("the labeller was told to fail");
    }
    LABELLED.get(id).incrementAndGet();
    SafetyLabel label = exchange.known().orElseGet(() -> judge(exchange.exchange()));
    return new LabelRow(exchange, label, stamp, Instant.now()).write(includeText);
  }

  private SafetyLabel judge(Exchange exchange) {
    JUDGED.get(id).incrementAndGet();
    return new SafetyLabel(
        exchange.prompt().map(FakeLabeller::verdict),
        exchange.response().map(FakeLabeller::verdict),
        exchange.response().map(FakeLabeller::severity),
        LabelStatus.OK,
        Optional.empty(),
        OptionalDouble.of(1),
        10,
        Windows.ONE,
        OptionalInt.empty());
  }

  private static boolean harmful(String text) {
    return text.contains("harm");
  }

  private static Verdict verdict(String text) {
    return harmful(text)
        ? new Verdict(true, 0.9, Optional.of(new Category("S1", "Harm")))
        : new Verdict(false, 0.1, Optional.empty());
  }

  private static Severity severity(String text) {
    return harmful(text) ? new Severity(3, List.of(0.0, 0.25, 0.25, 0.25, 0.25)) : Severity.BENIGN;
  }
}
