package io.bingoguard.testing;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.spark.ContentHash;
import io.bingoguard.spark.ExchangeSchema;
import io.bingoguard.spark.LabelSchema;
import io.bingoguard.spark.RunStamp;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A labeler without a model: a text is harmful when it says "harm". It counts the rows it labels,
 * and can fail once at a chosen text; both work because local tasks share the test's JVM.
 */
public final class FakeLabeler implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, AtomicInteger> LABELLED = new ConcurrentHashMap<>();
  private static final Map<String, String> FAIL_AT = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final RunStamp stamp;
  private final boolean includeText;

  public FakeLabeler(RunStamp stamp, boolean includeText) {
    this.stamp = stamp;
    this.includeText = includeText;
    LABELLED.put(id, new AtomicInteger());
  }

  public static RunStamp stamp(String runId) {
    return new RunStamp(runId, "fake", "revision-1", "fake-pack/1 'quoted'", "test");
  }

  /** Fails the next time that {@code prompt} comes by, and only then. */
  public FakeLabeler failOnceAt(String prompt) {
    FAIL_AT.put(id, prompt);
    return this;
  }

  /** Rows labelled so far, those of failed attempts included. */
  public int labelled() {
    return LABELLED.get(id).get();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
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
    String prompt = row.getAs(ExchangeSchema.PROMPT);
    String response = row.getAs(ExchangeSchema.RESPONSE);
    if (prompt != null && FAIL_AT.remove(id, prompt)) {
      throw new IllegalStateException("the labeler was told to fail");
    }
    LABELLED.get(id).incrementAndGet();
    String hash =
        ContentHash.of(new Exchange(Optional.ofNullable(prompt), Optional.ofNullable(response)));
    String status = row.getAs(ExchangeSchema.STATUS);
    boolean judged = status == null;
    Side promptSide = judged ? Side.of(prompt) : Side.of(null);
    Side responseSide = judged ? Side.of(response) : Side.of(null);
    Integer severity = responseSide.level();
    Object[] label = {
      row.getAs(ExchangeSchema.CONVERSATION_ID),
      row.getAs(ExchangeSchema.TURN_INDEX),
      row.getAs(ExchangeSchema.OCCURRED_AT),
      row.getAs(ExchangeSchema.SOURCE),
      hash,
      row.getAs(ExchangeSchema.LANGUAGE),
      promptSide.harmful(),
      promptSide.probability(),
      promptSide.category(),
      responseSide.harmful(),
      responseSide.probability(),
      responseSide.category(),
      severity,
      severity == null || severity == 0 ? null : new Double[] {0.0, 0.25, 0.25, 0.25, 0.25},
      severity == null ? null : severity.doubleValue(),
      judged ? LabelStatus.OK.key() : status,
      row.getAs(ExchangeSchema.ERROR_CODE),
      row.getAs(ExchangeSchema.ERROR_MESSAGE),
      judged ? 1.0 : null,
      judged ? 10 : 0,
      judged ? 1 : 0,
      stamp.modelId(),
      stamp.modelRevision(),
      stamp.promptPack(),
      stamp.engineVersion(),
      stamp.runId(),
      Timestamp.from(Instant.now())
    };
    StructType schema = LabelSchema.of(includeText);
    Object[] values = Arrays.copyOf(label, schema.length());
    if (includeText) {
      values[schema.fieldIndex(LabelSchema.PROMPT_TEXT)] = prompt;
      values[schema.fieldIndex(LabelSchema.RESPONSE_TEXT)] = response;
    }
    return RowFactory.create(values);
  }

  /** A side is harmful when its text says so. */
  private record Side(Boolean harmful, Double probability, String category, Integer level) {
    static Side of(String text) {
      if (text == null) {
        return new Side(null, null, null, null);
      }
      boolean harmful = text.contains("harm");
      return harmful ? new Side(true, 0.9, "S1", 3) : new Side(false, 0.1, null, 0);
    }
  }
}
