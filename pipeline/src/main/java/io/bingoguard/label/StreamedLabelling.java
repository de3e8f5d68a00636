package io.bingoguard.label;

import io.bingoguard.source.Corpus;
import io.bingoguard.table.CommitKey;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Labels what a stream has not delivered before, micro-batch by micro-batch. A batch that was
 * committed to the table but not to the checkpoint is replayed by Spark under the same id, and the
 * table skips it.
 */
final class StreamedLabelling {
  /** Set by Spark in the thread of a streaming query; it lives as long as the checkpoint. */
  private static final String QUERY_ID = "sql.streaming.queryId";

  private final LabelWriter writer;
  private final String checkpoint;
  private final String runId;
  private final Runnable committed;

  /**
   * Labels a stream.
   *
   * @param checkpoint where the stream remembers what it has delivered
   * @param committed called after every micro-batch; what it throws ends the stream
   */
  StreamedLabelling(LabelWriter writer, String checkpoint, String runId, Runnable committed) {
    this.writer = writer;
    this.checkpoint = checkpoint;
    this.runId = runId;
    this.committed = committed;
  }

  /**
   * Labels all there is.
   *
   * @param corpus its stream says what there is, and it tells the exchanges of a micro-batch
   */
  void run(Corpus corpus) throws TimeoutException, StreamingQueryException {
    StreamingQuery query =
        corpus.stream()
            .writeStream()
            .queryName("label-" + runId)
            .option("checkpointLocation", checkpoint)
            .trigger(Trigger.AvailableNow())
            .foreachBatch(
                (VoidFunction2<Dataset<Row>, Long>)
                    (batch, id) -> label(corpus.exchanges(batch), id))
            .start();
    try {
      query.awaitTermination();
    } finally {
      query.stop();
    }
  }

  private void label(Dataset<Row> exchanges, long id) {
    SparkContext context = exchanges.sparkSession().sparkContext();
    writer.write(
        spread(exchanges, context.defaultParallelism()),
        new CommitKey("label-stream-" + context.getLocalProperty(QUERY_ID), id, runId));
    committed.run();
  }

  /** One compressed file is one partition, which would keep all cores but one idle. */
  private static Dataset<Row> spread(Dataset<Row> exchanges, int parallelism) {
    return exchanges.rdd().getNumPartitions() < parallelism
        ? exchanges.repartition(parallelism)
        : exchanges;
  }
}
